/**
 * The processor time that this thread has used, in ms. Unlike the time on the wall, it stands still while others have the
 * processor: what is given up after so much of it was long, however busy the machine. Before Node 23.9 it is the time on the
 * wall: that of the whole process would count what V8 compiles in the background.
 */
export function processorClock(): number {
  if (!("threadCpuUsage" in process)) return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
