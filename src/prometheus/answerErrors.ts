import type { HttpAnswer } from "../http/exchange.ts";
import type { HttpError } from "../http/httpError.ts";
import { PrometheusError } from "./prometheusError.ts";

/** What a server says may be a whole page, in characters. */
const mostSaid = 300;

/** For an exchange that did not come to its end; `wayProblem` is what broke the way through the cluster, where that is known. */
export function exchangeError(error: HttpError, wayProblem: string | null): PrometheusError {
  const { reason } = error;
  const message = reason === "unreachable" && wayProblem !== null ? wayProblem : error.message;
  const advice = {
    unreachable: "Check the network and podbook.prometheus.url.",
    certificate: "Add its authority to those of this machine, or correct podbook.prometheus.url.",
    timeout: "Ask for less: a shorter window, or fewer series.",
    "too-large": "Ask for fewer series: select by label, or sum them up.",
  };
  return new PrometheusError(reason, message, advice[reason], { cause: error });
}

/** For an answer that is no success; `title` is where it came from. */
export function answerError({ status, location, body }: HttpAnswer, title: string): PrometheusError {
  const said = saidIn(body) || `HTTP ${status}`;
  if (status === 401) {
    const advice = "Give them by “Podbook: Set Prometheus Credentials…”.";
    return new PrometheusError("unauthorized", `${title} wants credentials, or does not accept those it got.`, advice);
  }
  if (status === 403) {
    const advice = "Ask for the right to query, or set other credentials.";
    return new PrometheusError("forbidden", `${title} does not allow it: ${said}`, advice);
  }
  if (status >= 300 && status < 400) {
    const advice = "Set podbook.prometheus.url to where Prometheus itself answers.";
    return new PrometheusError("redirected", `${title} leads elsewhere${placeOf(location)}.`, advice);
  }
  const kind = errorType(body);
  if (kind === "timeout" || kind === "canceled") {
    return new PrometheusError("timeout", `${title} gave up: ${said}`, "Ask for a shorter window, or fewer series.");
  }
  if (kind !== null && (status === 400 || status === 422)) {
    return new PrometheusError("bad-query", `Prometheus does not take the query: ${said}`, "Edit the query.");
  }
  if (kind === null && status < 500) return notPrometheus(title, `HTTP ${status}`);
  return new PrometheusError("server", `${title} cannot answer: ${said}`, "Look at Prometheus itself, and try again.");
}

/** For what answers and speaks another language. */
export function notPrometheus(title: string, why: string): PrometheusError {
  const advice = "Check podbook.prometheus.url: the address below which /api/v1/query is.";
  return new PrometheusError("not-prometheus", `What answers at ${title} is not Prometheus (${why}).`, advice);
}

/** The host alone: what follows it can carry a session. */
function placeOf(location: string | null): string {
  return location !== null && URL.canParse(location) ? `, to ${new URL(location).origin}` : "";
}

function errorType(body: string): string | null {
  const kind = fieldOf(body, "errorType");
  return kind === "" ? null : kind;
}

/** Prometheus's own words, or the beginning of a text; a page of HTML says nothing to a person. */
function saidIn(body: string): string {
  const own = fieldOf(body, "error");
  if (own !== "") return own.replace(/^invalid parameter "query": /, "").slice(0, mostSaid);
  return /^\s*[<{]/.test(body) ? "" : body.trim().slice(0, mostSaid);
}

function fieldOf(body: string, name: string): string {
  try {
    const value: unknown = JSON.parse(body)?.[name];
    return typeof value === "string" ? value : "";
  } catch (error) {
    if (error instanceof SyntaxError) return "";
    throw error;
  }
}
