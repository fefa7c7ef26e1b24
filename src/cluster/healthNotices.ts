import { humanDuration } from "./humanDuration.ts";
import { whyLine } from "./podColumns.ts";
import { isWhole, readyCount, unsettledPod, type Workload } from "./workload.ts";

/** A person is told no more often than this, in ms; what comes meanwhile is told together. */
const pauseMs = 60_000;
/** What is ready again must stay so for this long, in ms, or for as long as trouble must, if that is less: a crash loop is ready for moments too. */
const calmMs = 30_000;

/** What a person is told of the health of workloads. */
export interface HealthNotice {
  /** One sentence, or one for each of two facts. */
  readonly text: string;
  /** Whether something is wrong, and not only well again. */
  readonly warns: boolean;
}

interface Course {
  /** As it was looked at last: one that has not changed stays the same object. */
  workload: Workload;
  /** Since when it is as it is now, in ms since the epoch. */
  since: number;
  whole: boolean;
  /** Since when it was in the trouble that the person was told of; null where there was none. */
  toldSince: number | null;
}

/** Decides when a person is told that workloads are not whole, or whole again: only what lasts, and never a storm. */
export class HealthNotices {
  readonly #courses = new Map<string, Course>();
  #lastAt = Number.NEGATIVE_INFINITY;

  /**
   * What is to be told now (`at` in ms since the epoch) of workloads that are not whole for `afterMs`, or are whole again; null
   * for nothing. `nextAt` is when to look again although nothing changes; null where nothing is awaited.
   */
  look(
    workloads: readonly Workload[],
    afterMs: number,
    at: number,
  ): { notice: HealthNotice | null; nextAt: number | null } {
    const names = new Set(workloads.map(({ kind, name }) => `${kind}/${name}`));
    for (const key of this.#courses.keys()) if (!names.has(key)) this.#courses.delete(key);
    const due: Due[] = [];
    const dueAt: number[] = [];
    for (const workload of workloads) {
      const course = this.#follow(workload, at);
      if (course.whole === (course.toldSince === null)) continue;
      const when = course.since + (course.whole ? Math.min(calmMs, afterMs) : afterMs);
      if (when > at) dueAt.push(when);
      else due.push({ workload, course });
    }
    if (due.length > 0 && at < this.#lastAt + pauseMs) return { notice: null, nextAt: this.#lastAt + pauseMs };
    const nextAt = dueAt.length > 0 ? Math.min(...dueAt) : null;
    if (due.length === 0) return { notice: null, nextAt };
    this.#lastAt = at;
    const notice = inWords(due, at);
    for (const { course } of due) course.toldSince = course.whole ? null : course.since;
    return { notice, nextAt };
  }

  #follow(workload: Workload, at: number): Course {
    const key = `${workload.kind}/${workload.name}`;
    const known = this.#courses.get(key);
    const whole = known?.workload === workload ? known.whole : isWhole(workload);
    const course = known ?? { workload, since: at, whole, toldSince: null };
    course.workload = workload;
    if (course.whole !== whole) {
      course.since = at;
      course.whole = whole;
    }
    this.#courses.set(key, course);
    return course;
  }
}

interface Due {
  readonly workload: Workload;
  readonly course: Course;
}

function inWords(due: readonly Due[], at: number): HealthNotice {
  const bad = due.filter(({ course }) => !course.whole);
  const well = due.filter(({ course }) => course.whole);
  const sentences = [...(bad.length > 0 ? [badWords(bad, at)] : []), ...(well.length > 0 ? [wellWords(well)] : [])];
  return { text: sentences.join(" "), warns: bad.length > 0 };
}

function badWords(bad: readonly Due[], at: number): string {
  const [first] = bad;
  if (bad.length > 1 || !first) return `${listed(bad)} are not whole.`;
  const { ready, wanted } = readyCount(first.workload);
  const pod = unsettledPod(first.workload);
  const lasts = humanDuration(at - first.course.since);
  return `${first.workload.name} has ${ready} of ${wanted} pods ready for ${lasts}${pod ? `: ${whyLine(pod, at)}` : ""}.`;
}

function wellWords(well: readonly Due[]): string {
  const [first] = well;
  if (well.length > 1 || !first) return `${listed(well)} are whole again.`;
  const { toldSince, since } = first.course;
  return `${first.workload.name} is whole again after ${humanDuration(since - (toldSince ?? since))}.`;
}

function listed(due: readonly Due[]): string {
  const names = due.map(({ workload }) => workload.name);
  return names.length > 4 ? `${names.length} workloads` : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
