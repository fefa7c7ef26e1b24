/** What the values of a query count, which decides how they are written. */
export type MetricUnit = "number" | "seconds" | "bytes" | "per-second" | "ratio";

/** A query of a runbook, in the form in which it is asked. */
export interface MetricQuery {
  /** What the runbook calls it, else the query itself. */
  readonly label: string;
  /** As it stands in the runbook. */
  readonly written: string;
  /** What is asked: a bare name has got a form by its type, and all is narrowed to the namespace. */
  readonly expression: string;
  readonly unit: MetricUnit;
  /** What was made of it, for a person: `rate over 5 min, namespace pyairtable`; empty where it is asked as it is written. */
  readonly note: string;
}
