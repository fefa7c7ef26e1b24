/** What a scenario says of itself. */
export type FieldName = "description" | "impact" | "recovery";

const qualifier =
  "(?:expected|estimated|est|typical|usual|normal|target|targeted|anticipated|projected|average|avg|mean|max|maximum|approximate|approx|total)";
const recovery = new RegExp(
  `^(?:${qualifier} )*(?:${[
    "rto|ttr|etr|mttr",
    "(?:recovery|restoration|restore|resolution|repair|mitigation|failover|self[- ]healing) (?:time|duration|window|period)(?: (?:objective|estimate|target|goal|sla|slo|\\(?rto\\)?))?",
    "time to (?:recover|recovery|restore|restoration|resolve|resolution|repair|mitigate|mitigation|heal)",
    "time (?:for|until|till) (?:recovery|restoration|resolution)",
    "recovers? (?:in|within)|recovery (?:in|within|takes|eta)|eta(?: (?:to|for|of) (?:recovery|restoration|resolution))",
  ].join(
    "|",
  )})$|^(?:${qualifier} )+(?:recovery|restoration|resolution|downtime|outage(?: duration| time)?|duration|time to recovery)$`,
);
const impact = new RegExp(
  "^(?:(?:user|users|customer|business|service|system|expected|potential|possible|production|client|end[- ]user|operational|platform|main|primary) )*" +
    "impacts?(?: (?:level|assessment|summary|description|on (?:the )?(?:users?|customers?|services?|business|production|platform|system)))?$|^blast radius$",
);
const description =
  /^(?:(?:failure|incident|alert|problem|scenario|issue|short|brief) )?(?:scenario|description|summary|meaning|definition)$|^(?:what happens?|what happened|what is happening|what it means|problem|problem statement|situation)$/;

/** A cheap look at a longer text: whether there can be a field in it. */
export function mayHaveField(text: string): boolean {
  return labelMarks.test(text) && fieldWords.test(text);
}

/** What tells a label from the text around it; nothing else is looked for where it is missing. */
const labelMarks = /[:*_|<:]| [-–—]\s/;
const fieldWords =
  /impact|blast|recover|restor|resol|repair|mitigat|heal|failover|downtime|outage|duration|\brto\b|\bt?etr\b|\bm?ttr\b|scenario|description|summary|meaning|definition|happen|problem|situation/i;

/** The field that a label names ("Expected Recovery Time (RTO)"), or null. */
export function fieldName(label: string): FieldName | null {
  if (label.length > 80) return null;
  const name = label
    .toLowerCase()
    .replace(/\([^)]*\)/g, " ")
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "")
    .replace(/[._\s]+/g, " ");
  const either = name.split(/ ?[/&+] ?| and | or /);
  if (either.some((one) => recovery.test(one))) return "recovery";
  if (either.some((one) => impact.test(one))) return "impact";
  return description.test(name) ? "description" : null;
}
