const units: readonly (readonly [pattern: RegExp, seconds: number])[] = [
  [/^(?:ms|msecs?|milliseconds?|millis)$/, 0.001],
  [/^(?:s|secs?|seconds?)$/, 1],
  [/^(?:m|mins?|minutes?|mn)$/, 60],
  [/^(?:h|hrs?|hours?)$/, 3600],
  [/^(?:d|days?)$/, 86_400],
  [/^(?:w|wks?|weeks?)$/, 604_800],
];
const words =
  "zero one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety";
const wordValues = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 30, 40, 50, 60, 90];
const numbers = new Map(words.split(" ").map((word, index) => [word, wordValues[index] ?? 0]));

const unit = "ms|msecs?|millis(?:econds?)?|s|secs?|seconds?|m|mn|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?";
const number = "\\d{1,9}(?:\\.\\d{1,6})?";
/** A number with its unit, as often as they follow each other: "1 min 30 s". */
const timed = `${number} ?(?:${unit})(?![a-z])\\.?`;
const amount = `${timed}(?: ?(?:(?:,|and) ?)?${timed}){0,4}`;
const range = new RegExp(`(?<!\\d|\\d\\.)(${amount}|${number}) ?(?:-|to|until|\\.\\.\\.?|or) ?(${amount})`);
const betweenAnd = new RegExp(`\\bbetween (${number}(?: ?(?:${unit})\\.?)?) and (?=\\d)`, "g");
const spread = new RegExp(`(?<!\\d|\\d\\.)(${amount}|${number}) ?(?:±|\\+/-|\\+-) ?(${amount})`);
const single = new RegExp(`(?<!\\d|\\d\\.)(${amount})`);
const pairs = new RegExp(`(${number}) ?(${unit})(?![a-z])`, "g");

const atMost =
  /(?:≤|<=?|=<|⩽|\b(?:up ?to|under|below|less than|at most|at the most|within|no more than|not more than|no longer than|fewer than|max(?:imum|\.)?(?: of)?|upper bound(?: of)?|in under|inside)) ?$/;
const atMostBehind =
  /^ ?(?:\(?max(?:imum)?\b|or less|or under|or faster|or fewer|at most|at the latest|tops|and below)/;
const atLeast =
  /(?:≥|>=?|=>|⩾|\b(?:over|above|more than|longer than|at least|min(?:imum|\.)?(?: of)?|no less than|not less than|exceeds?|beyond|after|every)) ?$/;
const atLeastBehind = /^ ?(?:\+|or (?:more|longer|over)|and (?:more|up|above)|at least|plus\b|min(?:imum)\b)/;

/** A range of seconds: its ends, which may be the same. */
export type RecoverySeconds = readonly [min: number, max: number];

/**
 * An expected recovery time as a range of seconds: "30-60 seconds" → [30, 60], "≤ 1 minute" → [0, 60], "about 45 s" →
 * [45, 45]. The first time in the text counts. Null where there is none, or only a lower bound ("over an hour").
 */
export function recoveryTime(text: string): RecoverySeconds | null {
  const said = normalise(text.slice(0, 300));
  return isoDuration(said) ?? clockTime(said) ?? (instant.test(said) ? [0, 0] : null) ?? spoken(said);
}

/**
 * The same for a time that is told as a list: what its total says, or its only item. Null for a list of several times,
 * which may be steps one after the other or cases apart.
 */
export function recoveryTimeOf(items: readonly string[]): RecoverySeconds | null {
  const [only, ...others] = items;
  const total = others.length > 0 ? items.find((item) => /^[^\p{L}]*(?:in )?total\b/iu.test(item)) : only;
  return total === undefined ? null : recoveryTime(total);
}

const instant = /^(?:immediate(?:ly)?|instant(?:ly|aneous(?:ly)?)?|no downtime|zero downtime|none)\b(?![^.]*\d)/;

function spoken(said: string): [number, number] | null {
  const first = single.exec(said);
  if (!first) return null;
  const around = spread.exec(said);
  if (around && around.index <= first.index) {
    const [middle, by] = both(around);
    return [round(Math.max(0, middle - by)), round(middle + by)];
  }
  const between = range.exec(said);
  if (between && between.index <= first.index) {
    const [one, other] = both(between);
    return [Math.min(one, other), Math.max(one, other)];
  }
  const seconds = total(first[1] ?? "");
  const before = said.slice(0, first.index);
  const behind = said.slice(first.index + first[0].length);
  if (atMost.test(before) || atMostBehind.test(behind)) return [0, seconds];
  return atLeast.test(before) || atLeastBehind.test(behind) ? null : [seconds, seconds];
}

/** Both ends of a range in seconds; a first end without a unit has the second's. */
function both([, low = "", high = ""]: RegExpExecArray): [number, number] {
  const [, , highUnit = ""] = [...high.matchAll(pairs)][0] ?? [];
  return [total(/[a-z]/.test(low) ? low : `${low} ${highUnit}`), total(high)];
}

/** The sum of all amounts in "1 h 30 min", in seconds. */
function total(text: string): number {
  let seconds = 0;
  for (const [, count = "", name = ""] of text.matchAll(pairs)) {
    seconds += Number(count) * (units.find(([pattern]) => pattern.test(name))?.[1] ?? 0);
  }
  return round(seconds);
}

/** ISO 8601, as in `PT1M30S`. */
function isoDuration(said: string): [number, number] | null {
  const match = /^p(?=\d|t\d)(?:(\d+)w)?(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?)?$/.exec(said);
  if (!match) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((count) => Number(count ?? 0));
  const sum = round(((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds);
  return [sum, sum];
}

/** `00:05:00`: hours, minutes, seconds. */
function clockTime(said: string): [number, number] | null {
  const match = /^(\d{1,2}):([0-5]\d):([0-5]\d)$/.exec(said);
  if (!match) return null;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  return [seconds, seconds];
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(/[*_`~]{2,}|[*_`]/g, "")
    .replace(/[\u00a0\u2000-\u200b\u202f\u205f\u3000\s]+/g, " ")
    .replace(/[‐‑‒–—―−~〜~]/g, "-")
    .replace(/…/g, "...")
    .replace(/\d,\d{3}(?!\d)/g, (thousands) => thousands.replace(",", ""))
    .replace(/(\d),(?=\d)/g, "$1.")
    .replace(/(\d)½|½/g, (_, whole: string | undefined) => (whole ? `${whole}.5` : "0.5"))
    .replace(/\bhalf an? (?=hour|minute|day|second)/g, "0.5 ")
    .replace(/\b(\d+|one|two|three) and a half\b/g, (_, whole: string) => `${numbers.get(whole) ?? whole}.5`)
    .replace(/\b(?:a couple of|a couple)\b/g, "2")
    .replace(/\b(?:an?|single) (?=(?:hour|minute|second|day|week)\b)/g, "1 ")
    .replace(/\b[a-z]+\b/g, (word) => `${numbers.get(word) ?? word}`)
    .replace(betweenAnd, "$1 to ")
    .replace(/(\d)-(?=(?:second|minute|hour|day|week|min|sec)s?\b)/g, "$1 ")
    .trim();
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
