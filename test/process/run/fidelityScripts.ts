/** Scripts of every kind that a runbook may hold, hostile ones included. Each is run by bash and by the engine. */
export const fidelityScripts: readonly string[] = [
  ...quoting(),
  ...heredocs(),
  ...traps(),
  ...options(),
  ...functions(),
  ...subshells(),
  ...jobs(),
  ...redirections(),
  ...inputs(),
  ...codes(),
  ...signals(),
  ...bytes(),
  ...state(),
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

function jobs(): string[] {
  return [
    "sleep 0.05 &\nwait\necho $?\n",
    "(exit 3) &\nwait $!\necho $?\n",
    "{ sleep 0.05; echo bg; } &\necho fg\nwait\n",
    // Not before it is sleep: with any EXIT trap, bash can lose a TERM that meets its child between fork and exec.
    "sleep 10 &\nuntil [[ $(< /proc/$!/comm) == sleep ]]; do :; done\nkill $!\nwait $! 2>/dev/null\necho $?\n",
    "for i in 1 2 3; do (sleep 0.$((i * 3)); echo $i) & done\nwait\necho end\n",
    "jobs\nsleep 0.05 &\njobs -r | wc -l\nwait\n",
    "nohup true > /dev/null 2>&1 &\nwait\necho end\n",
    "sleep 0.05 & disown\necho end\n",
  ];
}

function redirections(): string[] {
  return [
    "echo err >&2\necho out\n",
    "echo to-stderr > /dev/stderr\necho to-stdout > /dev/stdout\necho end\n",
    "echo tee | tee /dev/stderr\necho end\n",
    "exec 3>&1\necho three >&3\nexec 3>&-\necho end\n",
    "exec > all.txt 2>&1\necho hidden\nls /nonexistent-x\ncat all.txt >&2\nrm all.txt\n",
    "exec 5> five.txt\necho five >&5\nexec 5>&-\ncat five.txt\nrm five.txt\n",
    "exec echo replaced\necho never\n",
    "exec bash -c 'exit 8'\n",
    "true\nexec bash -c 'echo other; exit 8'\n",
    "exec {fd}> f.txt\necho x >&$fd\nexec {fd}>&-\ncat f.txt\nrm f.txt\n",
    "echo a >&-\necho $?\n",
    "exec 2>&-\necho quiet >&2\necho end\n",
    "ls /nonexistent-y 2>&1 | sed 's/ls: //'\necho ${PIPESTATUS[0]}\n",
    "cat < /nonexistent-z\necho $?\n",
    "echo a > /nonexistent/dir\necho $?\n",
    "ls /proc/self/fd | wc -l\n",
    "true\nls /proc/self/fd | wc -l\ntrue\n",
    "[ -t 1 ] && echo tty || echo no tty\n[ -t 0 ] && echo tty || echo no tty\n",
  ];
}

function inputs(): string[] {
  return [
    'read -r x\necho "$? <$x>"\n',
    "cat\necho end\n",
    "wc -c\necho end\n",
    "while read -r l; do echo $l; done\necho end\n",
    "bash\necho $?\n",
    "read -r -t 1 x\necho $?\n",
    "head -c 1 | wc -c\necho end\n",
    "cat -\ncat /dev/stdin\necho end\n",
    "select x in a b; do echo $x; done\necho $?\n",
    "mapfile lines\necho ${#lines[@]}\n",
  ];
}

function codes(): string[] {
  const some = [0, 1, 2, 3, 7, 64, 77, 99, 125, 126, 127, 128, 129, 130, 137, 143, 200, 254, 255];
  return [
    ...some.map((code) => `echo before\nexit ${code}\n`),
    "exit 256\n",
    "exit -1\n",
    "exit abc\n",
    "false\n",
    "true\nfalse\n",
    "false\ntrue\n",
    "(exit 42)\n",
    "nothing-of-this-name\n",
    "true\nnothing-of-this-name\necho $?\n",
    "./block.sh.missing\necho $?\n",
    "/\necho $?\n",
    "return 3\necho $?\n",
    "echo a\nif then\necho b\n",
    "echo a\necho 'unclosed\n",
    "echo a\n)\necho b\n",
    "",
    "# only a comment\n",
    "\n\n\n",
    "true",
    "echo no line end",
    "! true\n",
  ];
}

function signals(): string[] {
  return [
    "echo a\nkill -TERM $$\nsleep 1\n",
    "echo a\nkill -KILL $$\n",
    "echo a\nkill -HUP $$\nsleep 1\n",
    "echo a\nkill -INT $$\necho b\n",
    "bash -c 'kill -SEGV $$'\necho $?\n",
    "bash -c 'kill -KILL $$'\necho $?\n",
    "yes | head -n 2\necho ${PIPESTATUS[0]}\n",
    "timeout 0.1 sleep 5\necho $?\n",
    "timeout -s KILL 0.1 sleep 5\necho $?\n",
    "kill -0 $$\necho $?\n",
  ];
}

function bytes(): string[] {
  return [
    "printf 'a\\0b\\0'\necho\n",
    "printf '\\x1e'\nprintf '\\x1e0123456789abcdef0123456789abcdef 0 0\\x1e'\necho\n",
    "printf '\\x1e\\x1e\\x1e'\ntrue\nprintf '\\x1e'\n",
    "printf '\\xff\\xfe\\x80'\necho\n",
    "printf 'é\\n日\\n'\nprintf '\\xc3'\nsleep 0.02\nprintf '\\xa9\\n'\n",
    "printf 'progress 1\\rprogress 2\\r'\necho done\n",
    "printf '\\e[31mred\\e[0m\\n'\necho plain\n",
    "head -c 1000000 /dev/zero | tr '\\0' x\necho\n",
    "head -c 300000 /dev/urandom | md5sum | wc -c\necho end\n",
    "seq 1 20000\necho end\n",
    "seq 1 20000 >&2\necho end\n",
    "for i in 1 2 3 4 5 6 7 8 9; do echo out $i; echo err $i >&2; done\necho end\n",
    "printf 'no end'\nprintf ' of line'\n",
    "printf '\\r\\n\\r\\n'\necho end\n",
  ];
}

function state(): string[] {
  return [
    "cd /\npwd\ncd - > /dev/null\necho end\n",
    "x=1\nx=$((x + 1))\necho $x\n",
    "export A=1\nbash -c 'echo $A'\nunset A\nbash -c 'echo \"<$A>\"'\n",
    "echo $LINENO\n\n\necho $LINENO\n",
    "echo \\\n  continued\necho $LINENO\n",
    "a=(1 2 3)\necho ${a[1]} ${#a[@]}\ndeclare -A m=([k]=v)\necho ${m[k]}\n",
    "echo one; echo two; false; echo $?\necho three\n",
    "for i in a b; do\n  for j in 1 2; do\n    echo $i$j\n  done\ndone\necho end\n",
    "i=0\nwhile (( i < 3 )); do\n  i=$((i + 1))\n  [ $i = 2 ] && continue\n  echo $i\ndone\necho end\n",
    "case abc in\n  a*) echo starts ;;\n  *) echo no ;;\nesac\necho end\n",
    "if true; then\n  echo yes\nelse\n  echo no\nfi\necho end\n",
    "until false; do break; done\necho $?\n",
    "echo $0 | sed 's/.*\\///'\necho end\n",
    "echo ${BASH_SOURCE[0]##*/}\necho end\n",
    "env | grep -c '^BASH_ENV='\nenv | grep -c PODBOOK\necho end\n",
    "bash -c 'trap -p; echo child'\necho end\n",
    "mkdir -p d_x\necho $_\nrmdir d_x\n",
    "declare -p BASH_ENV\necho $?\n",
    "set | grep -c podbook\necho end\n",
    "compgen -v | grep -c podbook\necho end\n",
    "umask 077\numask\necho end\n",
    "ulimit -n > /dev/null\necho $?\n",
    "echo $SHLVL > /dev/null\ntype echo\necho end\n",
    "RANDOM=1\necho $RANDOM\necho $RANDOM\n",
    "getopts ab: o -a\necho $o\n",
    "echo a && echo b || echo c\nfalse && echo d || echo e\n",
    "x='a b'\nfor w in $x; do echo $w; done\necho \"$x\"\n",
  ];
}
