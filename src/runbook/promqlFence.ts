interface Expression {
  /** Lines below the first line of the fence's content. */
  readonly line: number;
  readonly query: string;
  /** The comment above it, or behind it on its first line. */
  readonly label: string;
}

const opens = /[({[]/g;
const closes = /[)}\]]/g;
const strings = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`/g;
const goesOn = /(?:[-+*/%^|,<>=!~(]|\b(?:and|or|unless|by|without|on|ignoring|bool|offset|group_left|group_right))$/;
const carriesOn =
  /^(?:[-+*/%^|),}\]<>=!@]|(?:and|or|unless|by|without|on|ignoring|bool|offset|group_left|group_right)\b)/;

/** Whether a fence says that PromQL stands in it. */
export function isPromql({ language }: { readonly language: string }): boolean {
  return language === "promql" || language === "metricsql";
}

/** The expressions in the content of a `promql` fence: one each, over as many lines as it has open brackets or operators. */
export function promqlFence(content: string): Expression[] {
  const found: { line: number; lines: string[]; label: string }[] = [];
  let depth = 0;
  let ended = true;
  let comment = "";
  content.split("\n").forEach((written, line) => {
    const { code, note } = withoutComment(written.trimEnd());
    const text = code.trim();
    if (text === "") {
      if (note) comment = note;
      else if (depth <= 0) ended = true;
      return;
    }
    const last = found.at(-1);
    if (last && (depth > 0 || (!ended && (carriesOn.test(text) || goesOn.test(last.lines.at(-1) ?? ""))))) {
      last.lines.push(code);
    } else {
      depth = 0;
      found.push({ line, lines: [text], label: comment || note });
      comment = "";
    }
    ended = false;
    const bare = code.replace(strings, "");
    depth += (bare.match(opens)?.length ?? 0) - (bare.match(closes)?.length ?? 0);
  });
  return found.map(({ line, lines, label }) => ({ line, query: lines.join("\n"), label }));
}

function withoutComment(line: string): { code: string; note: string } {
  const hash = line.replace(strings, (string) => "_".repeat(string.length)).indexOf("#");
  if (hash < 0) return { code: line, note: "" };
  return {
    code: line.slice(0, hash).trimEnd(),
    note: line
      .slice(hash)
      .replace(/^#+\s*/, "")
      .trim(),
  };
}
