import { processScripts } from "./processScripts.ts";

/** Scripts of every kind that a runbook may hold, hostile ones included. Each is run by bash and by the engine. */
export const fidelityScripts: readonly string[] = [
  ...quoting(),
  ...heredocs(),
  ...traps(),
  ...options(),
  ...functions(),
  ...subshells(),
  ...processScripts,
];

function quoting(): string[] {
  const words = [
    "'single $x'",
    '"double $HOME_NOT_SET"',
    "$'tab\\tnewline\\n'",
    '"a\\"b"',
    "'a'\\''b'",
    "a\\ b",
    "{1..3}",
    "{a,b}c",
    "~+",
    "$((1 + 2))",
    '"$(echo "in $(echo deep)")"',
    "`echo back`",
    '"${x:-default}"',
    '"${x:+set}"',
    "*.nothing",
    '"\\$notvar"',
    "a#b",
    "'#not' # comment",
    '"é ü 日本"',
    "$'\\x41'",
    '""',
    "''",
    "-n",
    "--",
  ];
  return words.map((word) => `x=\nprintf '[%s]' a ${word}\necho\necho $?\n`);
}

function heredocs(): string[] {
  return [
    "cat <<EOF\nplain $((1+1))\nEOF\necho after\n",
    "cat <<'EOF'\nplain $((1+1)) `x`\nEOF\necho after\n",
    "cat <<-EOF\n\ttabs\n\tEOF\necho after\n",
    'cat <<EOF | tr a-z A-Z\npiped "quotes"\nEOF\necho after $?\n',
    "x=1\ncat <<EOF\n$x ${x} \\$x\nEOF\necho done\n",
    "cat <<A; cat <<B\none\nA\ntwo\nB\necho end\n",
    'while read -r line; do echo "<$line>"; done <<EOF\na\nb\nEOF\necho end\n',
    "bash <<'EOF'\necho inner $LINENO\nexit 3\nEOF\necho $?\n",
    "cat <<< 'here string'\necho end\n",
    "f() { cat <<EOF\nin function $1\nEOF\n}\nf a\nf b\n",
    "cat <<EOF\nnever ended\n",
    "cat <<'E O F'\nodd mark\nE O F\necho end\n",
  ];
}

function traps(): string[] {
  return [
    "trap 'echo bye $?' EXIT\necho hi\n",
    "trap 'echo bye $?' EXIT\nfalse\nexit 4\n",
    "trap 'echo err $? $LINENO' ERR\ntrue\nfalse\necho on\n",
    "set -e\ntrap 'echo err $?' ERR\ntrap 'echo exit $?' EXIT\ntrue\nfalse\necho never\n",
    "trap 'echo int' INT\nkill -INT $$\necho after\n",
    "trap 'echo term; exit 5' TERM\nkill -TERM $$\necho never\n",
    "trap '' TERM\nkill -TERM $$\necho survived\n",
    "trap 'echo usr1' USR1\nkill -USR1 $$\nkill -USR1 $$\necho end\n",
    "trap 'echo return' RETURN\nf() { echo f; }\nf\necho end\n",
    "trap 'echo dbg' DEBUG\necho a\necho b\n",
    "echo a\ntrap -p\necho b\n",
    "echo a\ntrap\necho b\n",
    "trap 'echo bye' EXIT\ntrap - EXIT\necho hi\n",
    "trap 'echo outer' EXIT\n(trap 'echo inner' EXIT; echo in)\necho out\n",
    "f() { trap 'echo f-exit' EXIT; }\nf\necho end\n",
    "trap 'x=$?; echo $x $BASH_COMMAND' EXIT\necho a\nfalse\n",
  ];
}

function options(): string[] {
  const strict = "set -euo pipefail\n";
  return [
    `${strict}echo a\nfalse\necho never\n`,
    `${strict}echo a\nfalse || true\necho b\n`,
    `${strict}echo a\nfalse | true\necho never\n`,
    `${strict}echo a\necho "$unset"\necho never\n`,
    `${strict}if false; then :; fi\n! true\necho b\n`,
    `${strict}x=$(false)\necho never\n`,
    `${strict}f() { false; echo f; }\nf || echo caught\necho end\n`,
    `${strict}(false)\necho never\n`,
    `${strict}[[ a == b ]] && echo eq\necho end\n`,
    `${strict}a=()\necho "\${a[@]}" "\${#a[@]}"\necho end\n`,
    "set -u\necho ${1:-none}\necho $#\n",
    "set -o errexit\nset +e\nfalse\necho on\n",
    "set -f\necho *\nset +f\necho end\n",
    "set -C\necho a > c.txt\necho b > c.txt\necho $?\nrm -f c.txt\n",
    "set -x\necho traced\nset +x\necho plain\n",
    "set -v\necho verbose\nset +v\necho plain\n",
    "echo $-\nset -e\necho $-\n",
    "shopt -s nullglob\necho *.nothing\necho end\n",
    "shopt -s nocasematch\n[[ A == a ]]\necho $?\n",
    'shopt -s lastpipe\necho a | read -r x\necho "<$x>"\n',
    "shopt -s expand_aliases\nalias hi='echo aliased'\nhi\necho end\n",
    "set -- a b c\necho $# $2\nshift\necho $1\n",
    "set -o noexec\necho never\n",
    "set -n\necho never\n",
    "POSIXLY_CORRECT=1\necho posix\nset -o posix\necho $?\n",
    "set -E\ntrap 'echo err' ERR\nf() { false; }\nf\necho end\n",
    "set -T\nf() { echo f; }\nf\necho end\n",
    "IFS=,\nx=a,b\necho $x\nset -- $x\necho $#\n",
  ];
}

function functions(): string[] {
  return [
    "f() {\n  echo f $1 $LINENO ${FUNCNAME[0]}\n  return 3\n}\nf a\necho $?\nf b || echo or\n",
    "f() { local x=1; echo $x; }\nx=2\nf\necho $x\n",
    "f() { [ $1 -gt 0 ] && { echo $1; f $(($1 - 1)); }; }\nf 3\necho end $?\n",
    "function g { echo g; }\ng\nunset -f g\ng\necho $?\n",
    "f() (echo sub; exit 4)\nf\necho $?\n",
    "f() { return; }\nfalse\nf\necho $?\n",
    'echo() { builtin echo mine "$@"; }\necho a\necho b\n',
    'printf() { builtin echo "no printf"; }\nprintf x\necho end\n',
    "f() { caller 0; }\nf\necho end\n",
    'main() {\n  echo one\n  echo two\n}\nmain "$@"\nexit $?\n',
    'f() { echo "${BASH_LINENO[0]}"; }\necho a\nf\nf\n',
    "eval 'echo evaluated; false'\necho $?\n",
    "eval 'echo 1\necho 2\necho 3\necho 4'\necho end\n",
    "echo 'echo sourced; x=5' > lib.sh\n. ./lib.sh\necho $x\nrm lib.sh\n",
    "echo 'return 6' > lib.sh\nsource ./lib.sh\necho $?\nrm lib.sh\n",
  ];
}

function subshells(): string[] {
  return [
    "(echo a; exit 3)\necho $?\n",
    '(cd /; pwd)\n[ "$PWD" != / ]\necho $?\n',
    'x=$(echo a; echo b)\necho "$x"\n',
    'false | true | false\necho "${PIPESTATUS[@]}"\n',
    "true | false\necho $? ${PIPESTATUS[0]}\n",
    'echo a | while read -r x; do echo "<$x>"; done\necho end\n',
    "diff <(echo a) <(echo b)\necho $?\n",
    "echo a | tee >(cat > t.txt) > /dev/null\nwait\nsleep 0.1\ncat t.txt\nrm t.txt\n",
    "{ echo a; echo b; } | sort -r\necho end\n",
    "echo $BASH_SUBSHELL\n(echo $BASH_SUBSHELL)\necho $BASH_SUBSHELL\n",
    "bash -c 'echo child $0 $1' zero one\necho $?\n",
    "sh -c 'exit 9'\necho $?\n",
    "time_it() { :; }\ntime_it\n! false\necho $?\n",
    'coproc cat\necho hi >&"${COPROC[1]}"\nread -r x <&"${COPROC[0]}"\necho $x\nkill $COPROC_PID\n',
  ];
}
