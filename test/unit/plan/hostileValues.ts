/**
 * Values that a person, a cluster or an attacker may give for a placeholder or as the name of an object. Where one of them
 * is executed, the file `canary` comes into being.
 */
export function hostileValues(canary: string): string[] {
  const touch = `touch ${canary}`;
  return [
    ...substitutions(touch),
    ...separators(touch),
    ...quoting(touch),
    ...redirections(canary),
    ...codeOfOthers(touch),
    ...options,
    ...patterns,
    ...variables,
    ...characters,
    ...ofTheApi(touch),
  ];
}

const substitutions = (touch: string) => [
  `$(${touch})`,
  `\`${touch}\``,
  `\`echo \\\`${touch}\\\`\``,
  `$( ${touch} )x`,
  `x$(${touch}`,
  `$(($(${touch})))`,
  `a[$(${touch})]`,
  `a[$(${touch})]=1`,
  `\${x:=$(${touch})}`,
  `\${x:-\`${touch}\`}`,
  `<(${touch})`,
  `>(${touch})`,
  `\\$(${touch})`,
  `\\\\"$(${touch})`,
  `\${ ${touch}; }`,
  `$[$(${touch})]`,
];

const separators = (touch: string) => [
  `; ${touch}`,
  `;${touch};`,
  `x; ${touch} #`,
  `&& ${touch}`,
  `|| ${touch}`,
  `| ${touch}`,
  `|& ${touch}`,
  `& ${touch}`,
  `;; esac; ${touch}`,
  `}; ${touch}; {`,
  `) ; ${touch}; (`,
  `done; ${touch}; for x in y; do :`,
  `\n${touch}\n`,
  `x\r\n${touch}\r\n`,
  `a\nEOF\n${touch}\ncat <<EOF`,
  `x\u0085${touch}`,
  `x\v${touch}`,
];

const quoting = (touch: string) => [
  `"; ${touch}; "`,
  `'; ${touch}; '`,
  `"'; ${touch}; '"`,
  `'"'"'; ${touch}; '"'"'`,
  `\\'; ${touch}; \\'`,
  `\\"; ${touch}; \\"`,
  `$'\\n'; ${touch}`,
  `$'\\x3b ${touch}'`,
  `$"; ${touch}"`,
  `') ; ${touch}`,
  `'$(${touch})'`,
  `"$(${touch})"`,
  "'",
  '"',
  "''",
  "\\",
  "a\\",
  "\\\\",
  "it's",
];

const redirections = (canary: string) => [
  `> ${canary}`,
  `>${canary}`,
  `>>${canary}`,
  `>|${canary}`,
  `&>${canary}`,
  `2>${canary}`,
  `<>${canary}`,
  "< /etc/passwd",
  "<<EOF",
  "<<<x",
  "2>&1",
];

/** Code for awk, sed, printf, psql, a jsonpath or a template. */
const codeOfOthers = (touch: string) => [
  `%(${touch})T`,
  "%n%s",
  `/e; s/x/${touch.replaceAll("/", "\\/")}/e`,
  `/ { system("${touch}") } /`,
  `\\! ${touch}`,
  "'; DROP TABLE bases; --",
  "{.items[*].metadata.name}",
  `{{printf "%s" .x}}`,
];

const options = [
  "--all",
  "-o-like",
  "-",
  "--",
  "-A",
  "-n kube-system",
  "--kubeconfig=/dev/null",
  "--overrides={}",
  "a  --force",
];

const patterns = [
  "a b",
  " ",
  "",
  "*",
  "**/*",
  "?",
  "[a-z]*",
  "!(x)",
  "~",
  "~root",
  "../../etc",
  "{a,b}",
  "{1..3}",
  "#x",
  "!!",
  "^a^b",
];

const variables = ["$HOME", "${IFS}", "$IFS$9", "$0", "$$", "$@", "a=b", "IFS=x", "PATH=."];

const characters = [
  "a\0b",
  "a\rb",
  "a\tb",
  "a\u001b[2Jb",
  "\u202eab\u202c",
  "\u2066ab\u2069",
  "\u2028",
  "\u00a0x\u00a0y",
  "x\u200bz",
  "\ufeffx",
  "x\u3000y",
  "ｎａｍｅ；touch",
  "“x”",
  "‘x’",
  "é",
  "e\u0301",
  "😀",
  "x".repeat(5000),
];

/** As the names, labels and annotations of objects could be, if an API server let them. */
const ofTheApi = (touch: string) => [
  "pod-7d9f8c-abcde",
  `pod-$(${touch})`,
  `api-gateway; ${touch}`,
  "app=x,tier in (a,b)",
  `{"kubectl.kubernetes.io/last-applied-configuration":"$(${touch})"}`,
  "registry.example/x:1@sha256:0123",
  "http://a.example/?b=c&d=e#f",
];
