/**
 * A duration in ms as kubectl writes ages: `95s`, `7m4s`, `3h5m`, `2d`. The rule is `HumanDuration` of
 * k8s.io/apimachinery (pkg/util/duration).
 */
export function humanDuration(durationMs: number): string {
  const seconds = Math.trunc(durationMs / 1000);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 10) return `${minutes}m${rest(seconds % 60, "s")}`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(minutes / 60);
  if (hours < 8) return `${hours}h${rest(minutes % 60, "m")}`;
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (hours < 24 * 8) return `${days}d${rest(hours % 24, "h")}`;
  if (days < 365 * 2) return `${days}d`;
  const years = Math.trunc(days / 365);
  return days < 365 * 8 ? `${years}y${rest(days % 365, "d")}` : `${years}y`;
}

function rest(value: number, unit: string): string {
  return value === 0 ? "" : `${value}${unit}`;
}
