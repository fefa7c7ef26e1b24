import { endsBefore, JsonReader } from "./jsonReader.ts";
import type { Found, Span } from "./maskingStream.ts";
import { areBase64, longestObject, secretFields } from "./secretObjects.ts";

/** What an object of JSON turned out to be, from one of its members on. */
interface Read {
  readonly kind: "secret" | "other" | "unfinished";
  readonly spans: readonly Span[];
  /** Behind what was read. */
  readonly end: number;
}

const members = /(\\*)"(?:(?:data|stringData)\1"[ \t]*:|kind\1"[ \t]*:[ \t]*\1"Secret\1")/g;

/**
 * Finds the values of Secrets in JSON, indented or not, also where it stands within a string, as in the annotation
 * `kubectl.kubernetes.io/last-applied-configuration`. kubectl sorts keys: `data` comes before `kind`, and is held back
 * until that is known.
 */
export function findJsonSecrets(text: string, done: number, final: boolean): Found {
  const spans: Span[] = [];
  members.lastIndex = 0;
  for (let found = members.exec(text); found; found = members.exec(text)) {
    if (found.index + found[0].length <= done) continue;
    const read = readMembers(text, found.index, found[1]?.length ?? 0, final);
    if (read.kind === "unfinished" && text.length - found.index <= longestObject) return { spans, hold: found.index };
    // What was read is looked at again: an annotation within it can hold the Secret a second time.
    if (read.kind === "secret") spans.push(...read.spans);
  }
  return { spans, hold: text.length };
}

/** Reads the members of an object from one of them on, until its end or until it is known not to be a Secret. */
function readMembers(text: string, from: number, backslashes: number, final: boolean): Read {
  const json = new JsonReader(text, backslashes);
  const spans: Span[] = [];
  let isSecret = false;
  let at = from;
  while (at >= 0) {
    const keyFrom = json.openString(at);
    const keyEnd = keyFrom < 0 ? keyFrom : json.endOfString(keyFrom);
    const valueAt = keyEnd < 0 ? keyEnd : json.skip(":", json.closeString(keyEnd));
    if (valueAt < 0 || valueAt >= text.length) {
      at = valueAt < 0 ? valueAt : endsBefore;
      break;
    }
    const key = text.slice(keyFrom, keyEnd);
    const end =
      secretFields.has(key) && text[valueAt] === "{" ? readMap(json, text, valueAt, spans) : json.skipValue(valueAt);
    if (end < 0) {
      at = end;
      break;
    }
    if (key === "kind") {
      isSecret = text.slice(valueAt, end).replaceAll("\\", "") === '"Secret"';
      if (!isSecret) return { kind: "other", spans: [], end };
    }
    const next = json.skipSpace(end);
    if (text[next] === "}") return { kind: isSecret ? "secret" : "other", spans, end: next };
    at = json.skip(",", next);
  }
  if (at === endsBefore && !final) return { kind: "unfinished", spans, end: text.length };
  // Cut off before its kind, or before its end.
  const values = spans.map(({ start, end }) => text.slice(start, end));
  return { kind: isSecret || (at === endsBefore && areBase64(values)) ? "secret" : "other", spans, end: text.length };
}

/** Reads a map of strings, and adds its values to `spans`; gives the position behind it. */
function readMap(json: JsonReader, text: string, from: number, spans: Span[]): number {
  let at = json.skipSpace(from + 1);
  while (text[at] !== "}") {
    const keyFrom = json.openString(at);
    const keyEnd = keyFrom < 0 ? keyFrom : json.endOfString(keyFrom);
    const valueAt = keyEnd < 0 ? keyEnd : json.skip(":", json.closeString(keyEnd));
    if (valueAt < 0) return valueAt;
    const start = json.openString(valueAt);
    const end = start < 0 ? start : json.endOfString(start);
    if (end === endsBefore && start > 0 && start < text.length) spans.push({ start, end: text.length });
    if (end < 0) return end;
    if (end > start) spans.push({ start, end });
    const next = json.skipSpace(json.closeString(end));
    if (text[next] === "}") return next + 1;
    at = json.skip(",", next);
    if (at < 0) return at;
  }
  return at + 1;
}
