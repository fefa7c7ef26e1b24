/** When what does not end on SIGINT gets SIGTERM and SIGKILL, in ms after the stop. */
export interface StopTimes {
  readonly termAfterMs: number;
  readonly killAfterMs: number;
}

/** For a person who pressed Stop: a program gets the time to clean up. */
export const patientStop: StopTimes = { termAfterMs: 2000, killAfterMs: 5000 };

/** For an editor that is closing: it waits for about 4 s and then ends without us. */
export const hastyStop: StopTimes = { termAfterMs: 500, killAfterMs: 2000 };
