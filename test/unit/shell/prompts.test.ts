import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "./shellParser.ts";

function session(text: string, language = "console"): [string, boolean] {
  const { script, expectedOutput } = analyse(text, language);
  assert.equal(script.split("\n").length, text.split("\n").length);
  return [script, expectedOutput];
}

test("prompt lines are commands, the rest is what they print", () => {
  assert.deepEqual(session("$ kubectl get pods\nNAME   READY\nweb-0  1/1\n\n$ ls\n"), [
    "kubectl get pods\n\n\n\nls\n",
    true,
  ]);
  assert.deepEqual(session("$ ls\n$ pwd\n"), ["ls\npwd\n", false]);
  assert.deepEqual(session("  $ ls\n", "bash"), ["ls\n", false]);
  assert.deepEqual(session("# Look\n$ ls\nx\n", "bash"), ["# Look\nls\n\n", true]);
});

test("prompts of many kinds", () => {
  for (const prompt of [
    "$ ",
    "user@host:~$ ",
    "[root@node-1 ~]# ",
    "root@x:/etc# ",
    "(venv) me@box:~/x$ ",
    "[cluster-1]$ ",
    ":~$ ",
    "sh-5.1$ ",
    "bash-4.4# ",
    "% ",
    "> ",
    "# ",
  ]) {
    assert.deepEqual(session(`${prompt}kubectl get pods\nNAME\n`), ["kubectl get pods\n\n", true], prompt);
  }
});

test("a variable, a comment and a redirection are no prompts", () => {
  for (const text of [
    "$KUBECTL get pods\n",
    "# kubectl get pods\nls\n",
    "ls\n# pods\nls\n",
    "ls\n$ ls\n",
    "echo $ x\n",
  ]) {
    assert.deepEqual(session(text, "bash"), [text, false], text);
  }
  for (const text of [
    "# Fetch all remotes\ngit fetch\n",
    "# find the name of the pod\n",
    "kubectl get pods\n",
    "#!/bin/bash\nls\n",
  ]) {
    assert.deepEqual(session(text), [text, false], text);
  }
});

test("a command goes on where it is not complete", () => {
  assert.deepEqual(session("$ cat <<EOF | kubectl apply -f -\n> a\n> EOF\npod/x created\n"), [
    "cat <<EOF | kubectl apply -f -\na\nEOF\n\n",
    true,
  ]);
  assert.deepEqual(session("$ cat <<EOF\na: $ b\n$ c\nEOF\nx\n"), ["cat <<EOF\na: $ b\n$ c\nEOF\n\n", true]);
  assert.deepEqual(session("$ for i in a b; do\n>   echo $i\n> done\na\nb\n"), [
    "for i in a b; do\n  echo $i\ndone\n\n\n",
    true,
  ]);
  assert.deepEqual(session("$ kubectl get pods \\\n    -n x\nNAME\n"), ["kubectl get pods \\\n    -n x\n\n", true]);
  assert.deepEqual(session("$ a |\nb\n$ echo 'x\ny'\nz"), ["a |\nb\necho 'x\ny'\n", true]);
  assert.deepEqual(session("$ echo x\n> y\n"), ["echo x\n\n", true]);
});

test("what is typed inside another shell is not run here", () => {
  assert.deepEqual(
    session('$ oc debug "node/x"\n# chroot /host\nsh-5.1# reboot\n')[0],
    'oc debug "node/x"\n# chroot /host\n\n',
  );
});

test("a table behind a command is what it prints", () => {
  assert.deepEqual(
    session("kubectl get pods\nNAME    READY   STATUS\nweb-0   1/1     Running\n\nkubectl get svc\n", "bash"),
    ["kubectl get pods\n\n\n\nkubectl get svc\n", true],
  );
  const heredoc = "cat <<EOF\nNAME    READY   STATUS\nEOF\n";
  assert.deepEqual(session(heredoc, "bash"), [heredoc, false]);
});

test("places are those of the block's text, prompts included", () => {
  const { placeholders, commands, script } = analyse("x\n$ kubectl logs <pod>\nout\n$ ls )\n", "console");
  assert.deepEqual(
    placeholders.map(({ line, column, start }) => [line, column, script.slice(start, start + 5)]),
    [[1, 15, "<pod>"]],
  );
  assert.deepEqual(commands.map(({ line }) => line)[0], 1);
  const [error] = analyse("$ ls )\n", "console").syntaxErrors;
  assert.deepEqual([error?.line, error?.column, error?.start], [0, 5, 3]);
});
