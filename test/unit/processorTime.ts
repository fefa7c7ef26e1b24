import { processorClock } from "../../src/run/processorClock.ts";

/** The processor time that some work takes, in ms. Unlike the time on the wall it does not grow with what else runs here. */
export function processorMs(work: () => void): number {
  const before = processorClock();
  work();
  return processorClock() - before;
}
