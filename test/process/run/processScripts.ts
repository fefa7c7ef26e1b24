/** Those of the fidelity scripts that are about processes: jobs, redirections, input, exit codes, signals, bytes, state. */
export const processScripts: readonly string[] = [
  ...jobs(),
  ...redirections(),
  ...inputs(),
  ...codes(),
  ...signals(),
  ...bytes(),
  ...state(),
];

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
