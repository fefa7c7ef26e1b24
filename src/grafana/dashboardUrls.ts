import type { FoundDashboard } from "./searchDashboards.ts";

/** A time that a dashboard shows, in ms since the epoch; `to` is null for now, as it goes on. */
export interface ShownTime {
  readonly from: number;
  readonly to: number | null;
}

/** Where a dashboard is shown at a time. */
export function dashboardUrl(base: URL, { uid, title }: FoundDashboard, time: ShownTime | null): URL {
  return atTime(new URL(`d/${uid}/${slug(title)}`, base), time);
}

/** Where Grafana searches for a title, before a person's eyes. */
export function searchUrl(base: URL, title: string): URL {
  const url = new URL("dashboards", base);
  url.searchParams.set("query", title);
  return url;
}

/** A page of Grafana at a time; the last hour where it is null. */
export function atTime(page: URL, time: ShownTime | null): URL {
  const url = new URL(page);
  url.searchParams.set("from", time ? String(time.from) : "now-1h");
  url.searchParams.set("to", time?.to != null ? String(time.to) : "now");
  return url;
}

/** Grafana goes by the uid; the slug is for people. */
function slug(title: string): string {
  const words = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return words.slice(0, 50) || "dashboard";
}
