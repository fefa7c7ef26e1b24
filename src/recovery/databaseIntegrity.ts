import { quoteWord } from "../shell/quote.ts";
import { type ActionScript, type ChangeScript, type WorkloadName, workloadWords } from "./actions.ts";
import { lines, startClock, verdict } from "./verdict.ts";

const databases = `SELECT datname AS database, pg_size_pretty(pg_database_size(datname)) AS size FROM pg_database WHERE datallowconn ORDER BY 1`;
const names = `SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1`;
/** PostgreSQL counts a failure whenever a page that it reads has a wrong checksum; without checksums it is null. */
const checksums = `SELECT datname, checksum_failures, checksum_last_failure FROM pg_stat_database WHERE checksum_failures > 0`;
const invalidIndexes = `SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid`;
const replication = `SELECT application_name, client_addr, state, sync_state, replay_lag FROM pg_stat_replication`;
/** A slot that nobody reads keeps write-ahead logs until the disk is full. */
const slots = `SELECT slot_name, slot_type FROM pg_replication_slots WHERE NOT active`;

/**
 * What PostgreSQL itself knows of its integrity, all by reading: the databases answer, no checksum has failed, no index is
 * invalid, no replication slot is left. The exit code is 1 where one of them is not so.
 */
export function integrityScript(database: WorkloadName): ActionScript {
  const psql = `kubectl exec ${workloadWords(database)} -- psql -U postgres`;
  const none = (found: string, good: string, bad: string) => [
    `if [ -z "${found}" ]; then echo ${quoteWord(`PASS  ${good}`)}; else echo ${quoteWord(`FAIL  ${bad}:`)} "${found}"; failed=1; fi`,
  ];
  const query = (variable: string, sql: string) => `${variable}=$(${psql} -Atc ${quoteWord(sql)}) || exit`;
  return {
    title: `Check integrity of ${database.name}`,
    script: lines(
      "failed=0",
      `${psql} -c ${quoteWord(databases)} || exit`,
      query("checksums", checksums),
      ...none("$checksums", "no checksum has failed", "checksums have failed, the data may be damaged"),
      query("names", names),
      "while IFS= read -r name; do",
      `  invalid=$(${psql} -d "$name" -Atc ${quoteWord(invalidIndexes)}) || exit`,
      '  if [ -z "$invalid" ]; then echo "PASS  no invalid index in $name"; else echo "FAIL  invalid indexes in $name:" "$invalid"; failed=1; fi',
      'done <<< "$names"',
      `${psql} -c ${quoteWord(replication)} || exit`,
      query("slots", slots),
      ...none("$slots", "no replication slot is left unread", "replication slots that nobody reads"),
      "exit $failed",
    ),
  };
}

/** Restarts workloads in this order, each awaited before the next. */
export function restartInOrderScript(workloads: readonly WorkloadName[]): ChangeScript {
  const steps = workloads.flatMap((one) => [
    startClock,
    `kubectl rollout restart ${workloadWords(one)} || exit`,
    ...verdict(one),
  ]);
  const cannot = "the pods were made anew from the same templates, so there is nothing to put back";
  return { title: "Restart database dependents", script: lines(...steps), undo: { cannot } };
}
