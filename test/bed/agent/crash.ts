/** The last words of each service when its container fails, as plausible as the rest of its log. */
const lastWords: Readonly<Record<string, readonly string[]>> = {
  "api-gateway": ["cannot load the route table: upstream platform-services: port is missing"],
  "auth-service": ["cannot read the signing key: SIGNING_KEY_FILE is not set"],
  "platform-services": ['migration 0042_add_field_index failed: column "kind" of relation "records" does not exist'],
};

const postgresWords = [
  "LOG:  database system was interrupted",
  "PANIC:  could not locate a valid checkpoint record",
  "LOG:  startup process (PID 28) was terminated by signal 6: Aborted",
  "LOG:  aborting startup due to startup process failure",
];

/**
 * The lines a container writes before it ends as the cluster says it did. One that is killed from outside, for lack of
 * memory or otherwise, has no last words: its log just stops.
 */
export function crashLines(container: string, ended: { reason: string; exitCode: number }, now: Date): string[] {
  if (ended.exitCode === 0 || ended.exitCode > 128 || ended.reason === "OOMKilled") return [];
  const time = now.toISOString();
  if (container === "postgres") {
    return postgresWords.map((words) => `${time.replace("T", " ").replace("Z", "")} UTC [1] ${words}`);
  }
  const words = lastWords[container] ?? ["unexpected state, giving up"];
  return words.map((msg) =>
    JSON.stringify({ time, service: container, level: "fatal", msg, exitCode: ended.exitCode }),
  );
}
