const unit = /(\d+(?:\.\d+)?)\s*(milliseconds?|ms|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\s*/y;

/**
 * Reads a duration as people write it: `90s`, `5m`, `1h30m`, `500ms`, `2 min`; a bare number is seconds. In ms; null where it is
 * none, or is not longer than nothing.
 */
export function readDuration(text: string): number | null {
  const words = text.trim().toLowerCase();
  if (/^\d+(?:\.\d+)?$/.test(words)) return Number(words) * 1000 || null;
  let total = 0;
  unit.lastIndex = 0;
  while (unit.lastIndex < words.length) {
    const [, number = "", name = ""] = unit.exec(words) ?? [];
    if (name === "") return null;
    total += Number(number) * unitMs(name);
  }
  return total || null;
}

function unitMs(name: string): number {
  if (name.startsWith("mi") && name.includes("ll")) return 1;
  if (name === "ms") return 1;
  return { h: 3_600_000, m: 60_000, s: 1000 }[name.charAt(0)] ?? 0;
}
