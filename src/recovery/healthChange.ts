/** Something that has changed in the health of a workload. */
export type HealthChange =
  | {
      readonly type: "workload";
      readonly name: string;
      readonly whole: boolean;
      readonly ready: number;
      readonly wanted: number;
      readonly why: string;
      /** Since when, in ms since the epoch, where that was long before it was seen. */
      readonly since?: number;
    }
  | { readonly type: "restart"; readonly workload: string; readonly pod: string; readonly why: string };
