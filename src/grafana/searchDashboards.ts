import { authorization, type HttpCredentials } from "../http/credentials.ts";
import { exchange, type HttpAnswer } from "../http/exchange.ts";
import { HttpError } from "../http/httpError.ts";
import { GrafanaError } from "./grafanaError.ts";

/** A dashboard as Grafana's search tells it. */
export interface FoundDashboard {
  /** Letters, digits, `-` and `_`. */
  readonly uid: string;
  readonly title: string;
  /** The folder it is in; empty where it is in none. */
  readonly folder: string;
}

const timeoutMs = 8000;
const mostBytes = 2_000_000;
/** More than a person would look through. */
const mostFound = 100;

/**
 * The dashboards that Grafana finds by a title: those that have exactly it, else those that have it in other letters, else
 * those that contain it, else all that it finds.
 * @param base Its path ends with a slash.
 * @throws GrafanaError
 * @throws what `signal` was aborted with
 */
export async function searchDashboards(
  base: URL,
  title: string,
  credentials: HttpCredentials | null,
  signal: AbortSignal,
): Promise<FoundDashboard[]> {
  const url = new URL("api/search", base);
  url.search = new URLSearchParams({ type: "dash-db", limit: String(mostFound), query: title }).toString();
  const headers = { accept: "application/json", ...authorization(credentials) };
  const answer = await ask({ url, method: "GET", headers, timeoutMs, mostBytes }, signal);
  return bestMatches(readDashboards(answer, base.origin), title);
}

async function ask(request: Parameters<typeof exchange>[0], signal: AbortSignal): Promise<HttpAnswer> {
  try {
    return await exchange(request, signal);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    throw new GrafanaError("unreachable", error.message, { cause: error });
  }
}

function readDashboards({ status, body }: HttpAnswer, origin: string): FoundDashboard[] {
  if (status === 401 || status === 403) {
    const advice = "give one by “Podbook: Set Grafana Token…”";
    throw new GrafanaError(
      "unauthorized",
      `Grafana at ${origin} wants a token, or does not accept the one it got: ${advice}.`,
    );
  }
  if (status >= 500) throw new GrafanaError("server", `Grafana at ${origin} cannot answer (HTTP ${status}).`);
  const list = status === 200 ? parsed(body) : null;
  if (!Array.isArray(list)) {
    throw new GrafanaError("not-grafana", `What answers at ${origin} is not Grafana: check podbook.grafana.url.`);
  }
  return list.flatMap(readDashboard);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function readDashboard(value: unknown): FoundDashboard[] {
  const { uid, title, folderTitle } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (typeof uid !== "string" || !/^[\w-]{1,100}$/.test(uid) || typeof title !== "string") return [];
  return [{ uid, title, folder: typeof folderTitle === "string" ? folderTitle : "" }];
}

function bestMatches(found: readonly FoundDashboard[], title: string): FoundDashboard[] {
  const wanted = title.trim().toLowerCase();
  const tests: ((dashboard: FoundDashboard) => boolean)[] = [
    (dashboard) => dashboard.title === title.trim(),
    (dashboard) => dashboard.title.trim().toLowerCase() === wanted,
    (dashboard) => dashboard.title.toLowerCase().includes(wanted),
    () => true,
  ];
  return tests.map((test) => found.filter(test)).find((matching) => matching.length > 0) ?? [];
}
