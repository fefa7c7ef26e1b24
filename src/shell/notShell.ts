import type { Syntax } from "./syntax.ts";

/** Known programs whose names also begin sentences, settings and tables. */
const alsoWords = new Set(
  `time date set help test read type file host who last id yes which find sort cut join paste split watch make open top
  free kill mount service let wait true false more less head tail man info w ps export name status go task just users
  groups reset clear history command install link patch route column return local view compress hash source bind trap
  complete exit at up test times history dirs shift enable seq print`.split(/\s+/),
);

interface Language {
  readonly why: string;
  readonly is: (text: string, lines: readonly string[]) => boolean;
}

/** Languages and outputs that stand under a shell's label, each with what gives it away. */
const languages: readonly Language[] = [
  {
    why: "This is JSON, not shell.",
    is: (text) => /^[[{]/.test(text) && (isJson(text) || /^\{\s*"[^"\n]+"\s*:/.test(text)),
  },
  {
    why: "This is YAML, not shell.",
    is: (text, lines) =>
      /^(---\s*\n)?(apiVersion|kind): /.test(text) ||
      (/^\s*(- )?["']?[\w./$-]+["']?:(\s|$)/.test(lines[0] ?? "") &&
        lines.length > 1 &&
        share(lines, /^\s*(-\s|["']?[\w./$ -]+["']?:(\s|$)|[[\]{}]|\.\.\.$)/) > 0.6 &&
        !/^\w+:\s*\/\//.test(text)),
  },
  {
    why: "This is SQL, not shell.",
    is: (text) =>
      /^\(?(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|WITH|EXPLAIN|VACUUM|REINDEX|GRANT|SHOW|TRUNCATE|ANALYZE)\s/.test(
        text,
      ) ||
      /^(select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|index|user|role|database)\s|alter\s+(table|system|role|user)\s)/i.test(
        text,
      ),
  },
  {
    why: "This is PromQL, not shell.",
    is: (text) =>
      /^[\d.\s(*-]*(sum|avg|min|max|count|rate|irate|increase|delta|histogram_quantile|topk|bottomk|absent|quantile|label_replace|predict_linear|avg_over_time|max_over_time|time|scalar|vector)\s*((by|without)\s*\([^)]*\)\s*)?\(/.test(
        text,
      ) ||
      (/^[\d.\s(*-]*[a-z_][\w:]*\{\s*[\w.]*\s*(=|!=|=~|!~)?[^}\n]*\}?/.test(text) &&
        /\{\s*\w+\s*(=|!=|=~|!~)\s*["']/.test(text)) ||
      /^[a-z]\w*(:\w+)+(\[\d+[smhd]\])?(\s|$)/.test(text),
  },
  {
    why: "This is a Dockerfile, not shell.",
    is: (text, lines) =>
      /^(ARG .*\n)?FROM \S+/.test(text) &&
      share(lines, /^(FROM|RUN|CMD|COPY|ADD|ENV|ARG|WORKDIR|EXPOSE|USER|ENTRYPOINT|LABEL|\s)/) > 0.6,
  },
  {
    why: "This is HCL, not shell.",
    is: (text) =>
      /^(resource|variable|provider|module|data|terraform|output|locals|path|listener|storage)\s*("[^"\n]*"\s*){0,2}\{/.test(
        text,
      ),
  },
  {
    why: "This is an HTTP request or response, not shell.",
    is: (text) => /^((GET|POST|PUT|DELETE|PATCH|HEAD) \/?\S*[/_]\S*|HTTP\/\d)/.test(text),
  },
  {
    why: "This is typed into a database, not into a shell.",
    is: (text) => /^(\w+[=-][#>] |mysql> |\w*redis\S*> |127\.0\.0\.1:\d+> |db\.\w+\(?|\\d\w*\s*$|use \w+;)/.test(text),
  },
  {
    why: "This is PowerShell, not bash.",
    is: (text) => /^(PS [A-Z]:[^\n]*> |[A-Z][a-z]+-[A-Z][A-Za-z]+(\s|$)|\$\w+ = |\$env:)/.test(text),
  },
  {
    why: "This is a file of settings, not shell.",
    is: (_text, lines) =>
      share(lines, /^\s*(\[[\w.: -]+\]|[\w.-]+\s+=\s|[\w.-]+\s*=\s+\S|[#;])/) === 1 &&
      lines.some((line) => /^\s*[\w.-]+\s+=\s/.test(line)),
  },
  {
    why: "This is what a command prints, not a command.",
    is: (_text, lines) =>
      /^(NAME|NAMESPACE|CONTAINER ID|IMAGE|LAST SEEN|REPOSITORY|UID|PID|USER|TYPE|ID|CLUSTER|CURRENT|Filesystem|COMMAND|REVISION|LEVEL)(\s{2,}|\t)\S/.test(
        lines[0]?.trim() ?? "",
      ) ||
      share(lines, logLine) > 0.5 ||
      share(
        lines,
        /^\S+\/\S+ (created|configured|unchanged|deleted|patched|scaled|restarted|edited|labeled|annotated|condition met)( \(.*\))?$/,
      ) === 1,
  },
];

const logLine =
  /^\s*(\[?\d{4}[-/]\d\d[-/]\d\d[T ]|[IWEF]\d{4} \d|[A-Z][a-z]{2} +\d+ \d\d:\d\d|\[\d\d?\/\w{3}\/\d{4}|\d\d:\d\d:\d\d[ .,]|(Error|ERROR|WARN|WARNING|INFO|FATAL|panic|error)[: [(]|level=|time="|ts=|\{"(level|ts|time|msg)"|at [\w.$<>]+\(|Traceback |[drwxlsStTcb-]{10}[.+@]? )/;

/**
 * Why a block under a shell's label is none; null where it may be one. What begins with a program that is known is taken
 * for shell, whatever follows.
 */
export function whyNotShell(
  script: string,
  root: Syntax | null,
  source: string,
  isKnown: (program: string) => boolean,
): string | null {
  const text = script.slice(0, 20_000).trim();
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^\s*#/.test(line));
  if (lines.length === 0) return null;
  const first = lines.join("\n");
  if (lines.some((line) => beginsWithProgram(line, isKnown))) return null;
  const language = languages.find(({ is }) => is(first.trimStart(), lines));
  if (language) return language.why;
  if (!root || root.children.length === 0) return null;
  const statements = root.children.filter(({ named, type }) => named && type !== "comment");
  const odd = statements.every((statement) => isOdd(source.slice(statement.start, statement.end)));
  return odd && statements.length > 0 ? "This does not look like commands." : null;
}

function beginsWithProgram(line: string, isKnown: (program: string) => boolean): boolean {
  const [, word = ""] = /^\s*(?:sudo\s+|\w+=\S*\s+)*([\w.+-]+)(?=\s|$|;|\|)/.exec(line) ?? [];
  if (
    /^[A-Za-z_]\w*=\S*$/.test(line.trim()) ||
    /^\s*(export|for|while|if|until|case)\s.*(=|\bin\b|\bdo\b|;|\[|then)/.test(line)
  )
    return true;
  if (/^\s*([A-Za-z_]\w*=["'$(`]|(\.{0,2}|~)\/[\w.-]+\/?[\w./-]*(\s|$)|source\s+\S+$)/.test(line))
    return !logLine.test(line);
  return isKnown(word) && !alsoWords.has(word) && !/^\s*\S+\s*([:=]\s|\()/.test(line);
}

/** What no command begins with: a capitalised word of prose, a number, a mark, a word with a colon. */
function isOdd(statement: string): boolean {
  const [word = ""] = statement.trim().split(/\s/, 1);
  return (
    /^([A-Z][a-z']+[,:]?|[\w.-]+:|\d[\w.,:%]*|[^\w\s$"'./~<>:{([!\uFFFC\\-]\S*|-+\S*|\.\.\.|[│├└─┌┐].*)$/.test(word) &&
    !/^[A-Z]\w*=/.test(word)
  );
}

function share(lines: readonly string[], pattern: RegExp): number {
  return lines.filter((line) => pattern.test(line)).length / Math.max(1, lines.length);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
