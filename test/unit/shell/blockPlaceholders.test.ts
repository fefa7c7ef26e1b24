import assert from "node:assert/strict";
import { test } from "node:test";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { analyse, parser } from "./shellParser.ts";

function names(text: string): string[] {
  return analyse(text).placeholders.map(({ name }) => name);
}

test("every form of placeholder is found", () => {
  const found: Record<string, [string, string]> = {
    "kubectl logs <pod-name>": ["<pod-name>", "angle"],
    "kubectl logs <POD>": ["<POD>", "angle"],
    "kubectl get pods -n <your namespace>": ["<your namespace>", "angle"],
    "kubectl get pods -n<ns>": ["<ns>", "angle"],
    "curl http://<host>/x": ["<host>", "angle"],
    "kubectl get <http|https>": ["<http|https>", "angle"],
    "kubectl logs {{pod}}": ["{{pod}}", "braces"],
    "kubectl logs {{ pod-name }}": ["{{ pod-name }}", "braces"],
    "kubectl logs $POD": ["$POD", "variable"],
    [`kubectl logs \${POD_NAME}`]: [`\${POD_NAME}`, "variable"],
    "cd /path/to/chaos-engineering/safety": ["/path/to/chaos-engineering", "path"],
    "cd ~/path/to/repo": ["~/path/to/repo", "path"],
    "cp path/to/file x": ["path/to/file", "path"],
    "export TOKEN=YOUR_TOKEN": ["YOUR_TOKEN", "your"],
    "curl https://your-domain.com": ["your-domain", "your"],
    "kubectl config use-context your-context-here": ["your-context-here", "your"],
  };
  for (const [text, [name, form]] of Object.entries(found)) {
    assert.deepEqual(
      analyse(text).placeholders.map((one) => [one.name, one.form]),
      [[name, form]],
      text,
    );
  }
});

test("what is shell, HTML, a template or output is no placeholder", () => {
  for (const text of [
    "cat <<EOF\nx\nEOF",
    "cat <<-EOF >out\n\tx\n\tEOF",
    "sort < file > out",
    "sort <file >out",
    "diff <(ls a) <(ls b)",
    "[[ a < b && c > d ]]",
    "(( a<b && c>d ))",
    "read x <<< word",
    "# use <pod-name> here",
    "ls # of <pod-name>",
    "kubectl get pods -o jsonpath='{.items[0].metadata.name}'",
    "kubectl get pods -o go-template='{{range .items}}{{.metadata.name}}{{\"\\n\"}}{{end}}'",
    "docker ps --format '{{.Names}}'",
    "docker inspect -f '{{ json .State }}' x",
    "curl -s x | grep '<title>'",
    "echo '<name>x</name>'",
    "kubectl get svc | grep '<none>'",
    "kubectl get svc | grep -v '<pending>'",
    "git commit --author 'A <a@b.org>'",
    "awk '$1<3 && $2>4 {print $1}' x",
    "perl -ne 'print if /(?<year>x)/' y",
    `NS=x; kubectl get pods -n $NS -n \${NS}`,
    "for POD in a b; do echo $POD; done",
    "read -r POD; echo $POD",
    "export POD=$(kubectl get pod -o name); echo $POD",
    `echo $HOME $USER \${PWD} $KUBECONFIG $? $1 $# $@ $pod \${POD:-web} \${#POD} \${POD:=x}`,
    "echo '$POD' \\$POD",
    "source env.sh; echo $POD",
    "cat <<'EOF'\n$POD\nEOF",
    "YOUR_NAME=x; echo $YOUR_NAME",
  ]) {
    assert.deepEqual(names(text), [], text);
  }
});

test("the way a placeholder stands decides how its value must be quoted", () => {
  const text = [
    'a <x-1> "b <x-2>" \'c <x-3>\' "$(d <x-4>)"',
    "cat <<EOF",
    "<x-5> $(e <x-6>)",
    "EOF",
    "cat <<'EOF'",
    "<x-7>",
    "EOF",
    "cat <<EOF",
    `\${X_8}`,
    "EOF",
  ].join("\n");
  assert.deepEqual(
    analyse(text).placeholders.map(({ position }) => position),
    ["bare", "double-quoted", "single-quoted", "bare", "heredoc", "bare", "quoted-heredoc", "heredoc"],
  );
});

test("a placeholder that another shell reads again says so", () => {
  const reread = (text: string) => analyse(text).placeholders.map((placeholder) => placeholder.reread);
  for (const text of [
    "bash -c 'kubectl logs <pod>'",
    'ssh h "cat <file>"',
    "ssh h cat <file>",
    "eval kubectl logs <pod>",
    "watch kubectl get pod <pod>",
    "kubectl exec x -- sh -c 'cat <file>'",
    "bash <<EOF\nkubectl logs <pod>\nEOF",
    "trap 'kubectl delete pod <pod>' EXIT",
    "sudo su - x -c 'cat <file>'",
    "parallel kubectl logs <pod> ::: 1",
    "find . -exec sh -c 'cat <file>' \\;",
  ]) {
    assert.deepEqual(reread(text), [true], text);
  }
  for (const text of [
    "kubectl logs <pod>",
    "kubectl exec <pod> -- cat x",
    "sudo kubectl logs <pod>",
    "cat <<EOF\n<x>\nEOF",
    "env A=<x> ls",
  ]) {
    assert.deepEqual(reread(text), [false], text);
  }
});

test("a caller can say which variables are set elsewhere", () => {
  const known = new Set(["NAMESPACE"]);
  const { placeholders } = analyseBlock("kubectl get pods -n $NAMESPACE $POD", "bash", parser, [], known);
  assert.deepEqual(
    placeholders.map(({ name }) => name),
    ["$POD"],
  );
});
