import { measuredWords } from "../recovery/measuredRecovery.ts";
import { podsThereWords, transitionWords } from "../recovery/podTransition.ts";
import type { IncidentEntry } from "./entry.ts";

/** An entry in words, on one line. */
export function entryWords(entry: IncidentEntry): string {
  switch (entry.type) {
    case "started":
      return `Incident started: ${entry.title}`;
    case "decided":
      return `${entry.agreed ? "Agreed to" : "Declined"}: ${entry.title}${entry.hits.length > 0 ? ` (${entry.hits.join("; ")})` : ""}`;
    case "run":
      return `${entry.effect === "read" ? "Looked" : "Changed"}: ${entry.title} → ${entry.result}`;
    case "workload":
      return `${entry.name} ${entry.whole ? "is whole" : "is not whole"}: ${entry.ready}/${entry.wanted} ready${entry.why ? `, ${entry.why}` : ""}`;
    case "restart":
      return `${entry.pod} restarted${entry.why ? `: ${entry.why}` : ""}`;
    case "pod":
      return transitionWords(entry);
    case "pods":
      return podsThereWords(entry);
    case "recovery":
      return `${entry.scenario}: ${measuredWords(entry)}`;
    case "event":
      return `${entry.object}: ${entry.reason}: ${entry.message}`;
    case "metric":
      return `${entry.query}: ${entry.words}`;
    case "note":
      return `Note: ${entry.text}`;
    case "ended":
      return "Incident ended";
  }
}
