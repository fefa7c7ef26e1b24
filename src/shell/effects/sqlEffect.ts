import { hole } from "../words.ts";
import { type Verdict, worst } from "./verdict.ts";

const readStarts = new Set(
  "select with show explain values table describe desc use begin commit end rollback fetch help status".split(" "),
);
const destroys = /\b(delete|truncate|drop|purge)\b/;
const changesData =
  /\b(insert|update|alter|create|grant|revoke|into|copy|call|do|vacuum|reindex|cluster|refresh|lock|merge|replace\s+into|kill|set\s+(global|persist)|outfile|dumpfile|load_file|prepared)\b/;

/** Functions without side effects; any other may have some. */
const harmless =
  /^(explain|count|sum|min|max|avg|stddev\w*|variance|coalesce|now|date_trunc|date_part|extract|to_char|to_timestamp|to_date|to_json\w*|lower|upper|initcap|length|char_length|octet_length|round|abs|floor|ceil|ceiling|sign|mod|power|sqrt|cast|convert|nullif|ifnull|isnull|if|greatest|least|concat\w*|string_agg|array_agg|array_to_string|array_length|cardinality|unnest|group_concat|json\w*|row_to_json|row_number|rank|dense_rank|ntile|lag|lead|first_value|last_value|over|partition|in|exists|any|all|some|values|as|on|using|and|or|not|where|select|from|interval|substring|substr|replace|split_part|regexp_\w+|trim|ltrim|rtrim|btrim|left|right|lpad|rpad|position|strpos|reverse|repeat|age|current_\w+|clock_timestamp|statement_timestamp|timeofday|localtime\w*|pg_size_pretty|pg_\w+_size|pg_is_in_recovery|pg_is_wal_replay_paused|pg_last_\w+|pg_current_(wal|xlog|snapshot|xact)\w*|pg_(wal|xlog)_(lsn|location)_diff|pg_walfile_name\w*|pg_get_\w+|pg_stat_get_\w+|pg_backend_pid|pg_postmaster_start_time|pg_conf_load_time|pg_blocking_pids|pg_table_is_visible|pg_stat_file|pg_ls_\w+|pg_control_\w+|pg_encoding_to_char|pg_typeof|pg_relation_filepath|pg_tablespace_\w+|pg_options_to_table|pg_lock_status|has_\w+_privilege|version|inet_\w+|host|format|generate_series|row|distinct|filter|within|grouping|quote_\w+|md5|sha\d+|encode|decode|random|timestampdiff|timediff|datediff|date_sub|date_add|date_format|date|time|timestamp|timestamptz|unix_timestamp|from_unixtime|sec_to_time|time_to_sec|database|schema|user|session_user|obj_description|col_description|format_type|to_regclass|numeric|decimal|varchar|char|int|bigint|float|text|lateral|recursive|tables|columns|xact_\w+|txid_current_snapshot|txid_snapshot_\w+|age)$/;

/** psql's own commands that only look. */
const readMeta =
  /^\\(l|d\w*|z|x|t|a|conninfo|timing|q|echo|qecho|encoding|pset|f|H|C|T|sf|sv|h|\?|errverbose|du|dt)\+?\b/;

/** What a script of SQL (or of psql's backslash commands) does. Where that cannot be told, it changes something. */
export function sqlEffect(script: string): Verdict {
  const statements = withoutLiterals(script)
    .split(/;|\n(?=\s*\\)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
  return worst(statements.map(statementEffect)) ?? { effect: "read", reason: "reads" };
}

/** Comments, strings and quoted names must not be taken for keywords. A string that a hole could end stays one. */
function withoutLiterals(script: string): string {
  // A backslash may end a string elsewhere than it seems: then what is in strings counts as well.
  if (/\\'/.test(script)) return script;
  return script
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, "''")
    .replace(/--(?=\s|$)[^\n]*/g, " ")
    .replace(/\/\*(?!!)[\s\S]*?\*\//g, " ")
    .replace(/"[^"\n]*"|`[^`\n]*`/g, "name");
}

function statementEffect(statement: string): Verdict {
  if (statement.startsWith("\\")) {
    const lines = statement.split("\n");
    const rest = lines.slice(1).join("\n").trim();
    const own = readMeta.test(statement) && !/[|`]|\\.*\\/.test(lines[0] ?? "") ? reading : changing(lines[0] ?? "");
    return rest ? (worst([own, statementEffect(rest)]) ?? own) : own;
  }
  const lower = statement.toLowerCase().replace(/\\(g|gx|x)?\s*$/, "");
  const [start = ""] = /^\(*\s*(\w+|[\s\S])/.exec(lower) ?? [];
  const keyword = start.replace(/[\s(]/g, "");
  if (keyword === "copy") return /\bto\s+stdout\b/.test(lower) && !destroys.test(lower) ? reading : changing("COPY");
  if (keyword === "show") return lower.includes(hole) && !/^show\s+\w/.test(lower) ? unknown : reading;
  const destroying = destroys.exec(lower);
  if (destroying) return { effect: "destroy", reason: `runs ${(destroying[1] ?? "").toUpperCase()} in the database` };
  if (lower.startsWith(hole)) return unknown;
  if (!readStarts.has(keyword)) return changing(keyword.toUpperCase());
  const changed = changesData.exec(lower);
  if (changed) return changing((changed[1] ?? "").toUpperCase());
  const called = [...lower.matchAll(/([\w.]+)\s*\(/g)].map(([, name = ""]) => name.replace(/^pg_catalog\./, ""));
  const odd = called.find((name) => !harmless.test(name) && !isColumnList(lower, name));
  if (odd !== undefined) return { effect: "change", reason: `calls ${odd}() in the database` };
  return /\\\w/.test(lower) ? changing("a backslash command") : reading;
}

const reading: Verdict = { effect: "read", reason: "reads" };
const unknown: Verdict = { effect: "change", reason: "cannot tell which SQL it runs" };

function changing(what: string): Verdict {
  return { effect: "change", reason: `runs ${what} in the database` };
}

/** `WITH name(a, b) AS (…)` and `AS name(a, b)` call nothing. */
function isColumnList(lower: string, name: string): boolean {
  const escaped = name.replaceAll(".", "\\.");
  return new RegExp(
    `(\\bwith\\s+(recursive\\s+)?|,\\s*)${escaped}\\s*\\([^()]*\\)\\s+as\\s*\\(|\\bas\\s+${escaped}\\s*\\(`,
  ).test(lower);
}
