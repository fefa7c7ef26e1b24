/** The processor time that some work takes, in ms. Unlike the time on the wall it does not grow with what else runs here. */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
