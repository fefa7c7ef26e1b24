/** A selection of series in an expression: a name, matchers, or both. */
export interface PromqlSelector {
  /** Empty where only matchers stand. */
  readonly metric: string;
  /** Names of the labels that its matchers ask for. */
  readonly labels: readonly string[];
  /** Offsets of its first character and behind its last, without its range. */
  readonly start: number;
  readonly end: number;
  /** Offset of the brace that its matchers stand in; null where there are none. */
  readonly brace: number | null;
}

/** What an expression of PromQL is made of. */
export interface Promql {
  /** The selections of series it reads, in their order. */
  readonly selectors: readonly PromqlSelector[];
  /** Names of metrics it reads. */
  readonly metrics: readonly string[];
  /** Names of functions and aggregations it calls. */
  readonly calls: readonly string[];
  /** Whether it selects by label (`{job="api"}`). */
  readonly matchers: boolean;
  /** Whether it looks over a range of time (`[5m]`). */
  readonly range: boolean;
}

const aggregations = new Set(
  "sum min max avg group stddev stdvar count count_values bottomk topk quantile limitk limit_ratio".split(" "),
);
const functions = new Set(
  (
    "abs absent absent_over_time ceil changes clamp clamp_max clamp_min day_of_month day_of_week day_of_year days_in_month " +
    "delta deriv double_exponential_smoothing exp floor histogram_avg histogram_count histogram_fraction histogram_quantile " +
    "histogram_stddev histogram_stdvar histogram_sum holt_winters hour idelta increase info irate label_join label_replace ln " +
    "log10 log2 mad_over_time minute month pi predict_linear rate resets round scalar sgn sort sort_by_label sort_by_label_desc " +
    "sort_desc sqrt time timestamp vector year avg_over_time min_over_time max_over_time sum_over_time count_over_time " +
    "quantile_over_time stddev_over_time stdvar_over_time last_over_time present_over_time first_over_time acos acosh asin asinh " +
    "atan atanh cos cosh deg rad sin sinh tan tanh"
  ).split(" "),
);
const setOperators = new Set(["and", "or", "unless", "atan2"]);
const duration = "(?:\\d+(?:\\.\\d+)?(?:ms|[smhdwy]))+|\\$\\w+|\\$\\{\\w+\\}|<\\w+>";
const lexer = new RegExp(
  [
    "\\s+|#[^\\n]*",
    `(?<range>\\[\\s*(?:${duration})\\s*(?::\\s*(?:${duration})?\\s*)?\\])`,
    "(?<string>\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'|`[^`]*`)",
    `(?<number>(?:\\d+(?:ms|[smhdwy]))+(?![\\w.])|0x[\\da-fA-F]+|(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?(?![\\w.]))`,
    "(?<name>[a-zA-Z_:][\\w:]*|\\$\\w+|\\$\\{\\w+\\})",
    "(?<symbol>==|!=|<=|>=|=~|!~|[-+*/%^@(){},=<>])",
  ].join("|"),
  "gy",
);
const longest = 10_000;
const deepest = 60;

interface Lexeme {
  readonly kind: "range" | "string" | "number" | "name" | "symbol";
  readonly text: string;
  /** Offset of its first character. */
  readonly start: number;
}

/** Reads a text as one expression of PromQL, or gives null where it is none. Grafana's `$variables` are allowed. */
export function parsePromql(text: string): Promql | null {
  const lexemes = lexemesOf(text);
  if (!lexemes || lexemes.length === 0) return null;
  const parser = new PromqlParser(lexemes);
  return parser.expression(0) && parser.atEnd ? parser : null;
}

function lexemesOf(text: string): Lexeme[] | null {
  if (text.length > longest) return null;
  const lexemes: Lexeme[] = [];
  let at = 0;
  while (at < text.length) {
    lexer.lastIndex = at;
    const match = lexer.exec(text);
    if (!match?.groups) return null;
    for (const kind of ["range", "string", "number", "name", "symbol"] as const) {
      const found = match.groups[kind];
      if (found !== undefined) lexemes.push({ kind, text: found, start: at });
    }
    at = lexer.lastIndex;
  }
  return lexemes;
}

/** Recursive descent over Prometheus's expression grammar; every method tells whether what it reads was there. */
class PromqlParser implements Promql {
  readonly metrics: string[] = [];
  readonly selectors: PromqlSelector[] = [];
  readonly calls: string[] = [];
  matchers = false;
  range = false;
  readonly #lexemes: readonly Lexeme[];
  #at = 0;

  constructor(lexemes: readonly Lexeme[]) {
    this.#lexemes = lexemes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#lexemes.length;
  }

  expression(depth: number): boolean {
    if (depth > deepest) return false;
    do {
      while (this.#symbol("+") || this.#symbol("-"));
      if (!this.#operand(depth)) return false;
    } while (this.#binaryOperator());
    return true;
  }

  #operand(depth: number): boolean {
    if (!this.#primary(depth)) return false;
    for (;;) {
      if (this.#kind("range")) this.range = true;
      else if (this.#word("offset")) {
        this.#symbol("-");
        if (!this.#kind("number") && !this.#variable()) return false;
      } else if (this.#symbol("@")) {
        if (!this.#kind("number") && !((this.#word("start") || this.#word("end")) && this.#emptyCall())) return false;
      } else return true;
    }
  }

  #primary(depth: number): boolean {
    if (this.#kind("number") || this.#kind("string") || this.#variable()) return true;
    if (this.#symbol("(")) return this.expression(depth + 1) && this.#symbol(")");
    const start = this.#peek()?.start ?? 0;
    if (this.#peek()?.text === "{") return this.#selector("", start);
    const name = this.#kind("name");
    if (!name) return false;
    if (aggregations.has(name)) {
      return this.#grouping() !== false && this.#call(name, depth) && this.#grouping() !== false;
    }
    if (this.#peek()?.text === "(") return functions.has(name) && this.#call(name, depth);
    if (/^(?:inf|nan)$/i.test(name)) return true;
    this.metrics.push(name);
    return this.#selector(name, start);
  }

  #call(name: string, depth: number): boolean {
    if (!this.#symbol("(")) return false;
    this.calls.push(name);
    if (this.#symbol(")")) return true;
    do if (!this.expression(depth + 1)) return false;
    while (this.#symbol(","));
    return this.#symbol(")");
  }

  /** `{job="api", code!~"5.."}`, whose name was read already; a name alone is one too. */
  #selector(metric: string, start: number): boolean {
    const brace = this.#peek()?.start ?? 0;
    const braces = this.#symbol("{");
    const labels: string[] = [];
    while (braces && !this.#symbol("}")) {
      const label = this.#kind("name") ?? this.#kind("string");
      if (label === null) return false;
      labels.push(label.replaceAll(/^["'`]|["'`]$/g, ""));
      if (["=", "!=", "=~", "!~"].some((operator) => this.#symbol(operator))) {
        if (!this.#kind("string")) return false;
        this.matchers = true;
      }
      if (!this.#symbol(",") && this.#peek()?.text !== "}") return false;
    }
    this.selectors.push({ metric, labels, start, end: this.#endOfLast, brace: braces ? brace : null });
    return true;
  }

  /** The offset behind what was read last. */
  get #endOfLast(): number {
    const last = this.#lexemes[this.#at - 1];
    return last ? last.start + last.text.length : 0;
  }

  #binaryOperator(): boolean {
    const symbol = ["==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "^", "<", ">"].some((one) => this.#symbol(one));
    if (!symbol && ![...setOperators].some((word) => this.#word(word))) return false;
    this.#word("bool");
    if (this.#word("on") || this.#word("ignoring")) this.#labels();
    if (this.#word("group_left") || this.#word("group_right")) this.#labels();
    return true;
  }

  /** True where there is a `by (…)`, null where there is none, false where it is broken. */
  #grouping(): boolean | null {
    return this.#word("by") || this.#word("without") ? this.#labels() : null;
  }

  #labels(): boolean {
    if (!this.#symbol("(")) return false;
    while (!this.#symbol(")")) {
      if (!this.#kind("name") || (!this.#symbol(",") && this.#peek()?.text !== ")")) return false;
    }
    return true;
  }

  #emptyCall(): boolean {
    return this.#symbol("(") && this.#symbol(")");
  }

  #variable(): boolean {
    return this.#peek()?.text.startsWith("$") === true && this.#kind("name") !== null;
  }

  #word(word: string): boolean {
    return this.#peek()?.kind === "name" && this.#take(word);
  }

  #symbol(symbol: string): boolean {
    return this.#peek()?.kind === "symbol" && this.#take(symbol);
  }

  #take(text: string): boolean {
    if (this.#peek()?.text !== text) return false;
    this.#at++;
    return true;
  }

  #kind(kind: Lexeme["kind"]): string | null {
    const next = this.#peek();
    if (next?.kind !== kind) return null;
    this.#at++;
    return next.text;
  }

  #peek(): Lexeme | undefined {
    return this.#lexemes[this.#at];
  }
}
