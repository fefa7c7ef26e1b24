/** A mark of a time axis. */
export interface TimeTick {
  /** In ms since the epoch. */
  readonly at: number;
  readonly words: string;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 91, 365].map((count) => count * day),
];

/**
 * The marks of the time from `from` to `to` (ms since the epoch), at most `most`, on round times. `clock` gives a time as a
 * person's clock shows it: `2026-11-25 03:00:00`.
 */
export function timeTicks(from: number, to: number, most: number, clock: (at: number) => string): TimeTick[] {
  const step = steps.find((one) => (to - from) / one <= most) ?? Math.ceil((to - from) / most);
  const first = Math.ceil(from / step) * step;
  const count = Math.max(0, Math.floor((to - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * step;
    return { at, words: tickWords(clock(at), step, to - from) };
  });
}

function tickWords(clock: string, step: number, span: number): string {
  const date = clock.slice("2026-".length, "2026-11-25".length);
  const time = clock.slice("2026-11-25 ".length, step < minute ? undefined : -":00".length);
  if (step >= day) return date;
  return span > day ? `${date} ${time}` : time;
}
