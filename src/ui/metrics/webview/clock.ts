/** A time (ms since the epoch) on this person's clock: `2026-11-25 03:00:00`. */
export function clock(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockTime(at)}`;
}

/** The same without the day: `03:00:00`. */
export function clockTime(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
