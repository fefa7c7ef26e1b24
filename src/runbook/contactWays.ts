import type { Contact } from "./contacts.ts";

/** How a contact can be reached from here. */
export type ContactWay = "mail" | "page" | "escalation";

const escalation = /\b(?:pager ?duty|opsgenie|escalat(?:e|ion)|victor ?ops|on[- ]?call (?:rota|schedule|policy))/i;

/**
 * The ways in which a contact can be reached: a mail where it has an address, its page, and the escalation of the team
 * where it only names one ("Use PagerDuty escalation policy").
 */
export function contactWays({ name, email, url, text }: Contact): ContactWay[] {
  return [
    ...(email === null ? [] : ["mail" as const]),
    ...(url === null ? [] : ["page" as const]),
    ...(url === null && escalation.test(`${name} ${text}`) ? ["escalation" as const] : []),
  ];
}
