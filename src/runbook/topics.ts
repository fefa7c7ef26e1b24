/** What the lists of a section are about, as its headings tell. */
export interface Topics {
  readonly metrics: boolean;
  readonly dashboards: boolean;
  readonly contacts: boolean;
  /** What to do when the incident is over. */
  readonly afterwards: boolean;
}

const metrics =
  /\bmetrics?\b|\bmonitor(?:ing|s)?\b|\bobservability\b|\bprometheus\b|\bpromql\b|\bsl[io]s?\b|\btelemetry\b|\bgolden signals?\b|\balert(?:s|ing)?\b|\bqueries\b|\bkpis?\b/i;
const dashboards = /\bdashboards?\b|\bgrafana\b/i;
const contacts =
  /\bcontacts?\b|\bescalations?\b|^on[ -]?call(?: (?:contacts?|teams?|engineers?|people|rotations?|rota|schedules?))?$|\bwho to (?:call|ask|page|contact)\b|\bsupport (?:channels?|teams?)\b|\bphone numbers?\b/i;
const afterwards =
  /\bpost[ -]?(?:incident|mortem|recovery|event|outage|resolution|failure|actions?\b|action)|\bafter (?:the |an |each |any )?(?:incident|recovery|outage|resolution|event|fix)|\bfollow[ -]?ups?\b|\blessons? learned\b|\bretrospective\b|\bafter[ -]action\b|\bincident (?:closure|review|close-?out)\b|^after(?:wards)?$/i;
/** A heading that tells of trouble with a thing, or of making or using it, does not list things of that kind. */
const trouble =
  /\b(?:down|not|no|fail(?:s|ed|ing|ures?)?|errors?|unavailable|unreachable|issues?|problems?|missing|empty|slow|broken|lost|install\w*|set ?up|config\w*|import\w*|export\w*|creat\w*|add(?:ing)?|us(?:e|ing)|how to|access\w*|explor\w*|manag\w*|deploy\w*|troubleshoot\w*)\b/i;

/** No topic at all. */
export const noTopics: Topics = { metrics: false, dashboards: false, contacts: false, afterwards: false };

/** The topics that a heading names. */
export function topicsOf(heading: string): Topics {
  const things = !trouble.test(heading);
  const topics = {
    metrics: metrics.test(heading),
    dashboards: things && dashboards.test(heading),
    contacts: things && contacts.test(heading),
    afterwards: afterwards.test(heading),
  };
  return sameTopics(topics, noTopics) ? noTopics : topics;
}

/** The topics of a section: what its heading names, and what the headings around it do. */
export function topicsWithin(heading: string, own: Topics, around: Topics): Topics {
  if (around === noTopics) return own;
  const things = !trouble.test(heading);
  return {
    metrics: own.metrics || around.metrics,
    dashboards: own.dashboards || (things && around.dashboards),
    contacts: own.contacts || (things && around.contacts),
    afterwards: own.afterwards || around.afterwards,
  };
}

/** Whether both are the same topics. */
export function sameTopics(one: Topics, other: Topics): boolean {
  return (
    one === other ||
    (one.metrics === other.metrics &&
      one.dashboards === other.dashboards &&
      one.contacts === other.contacts &&
      one.afterwards === other.afterwards)
  );
}
