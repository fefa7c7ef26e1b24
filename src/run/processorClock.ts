/**
 * The processor time that this process has used, in ms. Unlike the time on the wall, it stands still while others have the
 * processor: what is given up after so much of it was long, however busy the machine.
 */
export function processorClock(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
