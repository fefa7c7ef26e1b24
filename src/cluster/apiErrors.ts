import { ClusterError } from "./clusterError.ts";

/** For a connection that could not be made, or that broke. */
export function connectionError(error: unknown, server: string): ClusterError {
  const code = codeOf(error);
  if (code.startsWith("ERR_TLS") || code.includes("CERT") || code.includes("SELF_SIGNED") || code === "EPROTO") {
    return new ClusterError(
      "unreachable",
      `Cannot reach ${server}: its certificate is not accepted (${code}).`,
      "Log in to the cluster again, or correct certificate-authority in the kubeconfig.",
      { cause: error },
    );
  }
  return new ClusterError(
    "unreachable",
    `Cannot reach ${server} (${code || String(error)}).`,
    "Check the VPN and that the cluster is up; Podbook keeps trying.",
    { cause: error },
  );
}

/** For a server that has sent nothing for a time, in ms. */
export function stalledError(limitMs: number, server: string): ClusterError {
  const advice = "Check the VPN and the network; Podbook keeps trying.";
  return new ClusterError("unreachable", `${server} has sent nothing for ${limitMs / 1000} s.`, advice);
}

/** For credentials that could not be produced, as when an exec plugin fails. */
export function credentialError(error: unknown): ClusterError {
  const why = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
  return new ClusterError(
    "credentials",
    `The kubeconfig's credentials cannot be used: ${why}`,
    "Run the login command of your platform, or try: kubectl get pods",
    { cause: error },
  );
}

/** For an answer that is not 200: `status` is the HTTP status, `body` the server's Status object. */
export function answerError(status: number, body: string, server: string): ClusterError {
  const said = statusMessage(body) || `HTTP ${status}`;
  if (status === 401) {
    const advice = "Log in to the cluster again; Podbook reads the kubeconfig anew.";
    return new ClusterError("unauthorized", `${server} does not accept the credentials: ${said}`, advice);
  }
  if (status === 403) {
    return new ClusterError("forbidden", `Forbidden: ${said}`, "Ask for a role that may list and watch pods here.");
  }
  if (status === 404) return new ClusterError("not-found", said, "Look whether its name and namespace are right.");
  if (status === 410) return new ClusterError("expired", said, "Podbook lists again.");
  return new ClusterError("server", `Cannot reach the cluster: ${server} answered ${said}`, "Podbook keeps trying.");
}

/** For an answer with status 200 that is not the API's JSON, as a login page in between gives. */
export function answerNotUnderstood(error: unknown, server: string): ClusterError {
  const advice =
    "Check that the kubeconfig's server is the API server, and that no proxy or login page stands between.";
  return new ClusterError("server", `Cannot reach the cluster: the answer of ${server} is not JSON.`, advice, {
    cause: error,
  });
}

function statusMessage(body: string): string {
  try {
    const status: unknown = JSON.parse(body);
    const message = typeof status === "object" && status !== null && "message" in status ? status.message : "";
    return typeof message === "string" ? message : "";
  } catch {
    // Proxies and load balancers answer in HTML or plain text: its beginning is what can be shown.
    return body.trim().slice(0, 200);
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === "string") return code;
  const first = error instanceof AggregateError ? error.errors[0] : undefined;
  return first === undefined ? "" : codeOf(first);
}
