/** Whether a value that somebody else has written has a shape. */
export type Check = (value: unknown) => boolean;

/** The latest moment that a Date can hold, in ms since the epoch. */
const lastMoment = 8.64e15;

export const text: Check = (value) => typeof value === "string";
export const flag: Check = (value) => typeof value === "boolean";
export const number: Check = (value) => typeof value === "number" && Number.isFinite(value);
/** Ms since the epoch. */
export const moment: Check = (value) => typeof value === "number" && Math.abs(value) <= lastMoment;

export function oneOf(...values: readonly unknown[]): Check {
  return (value) => values.includes(value);
}

export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

export function orNull(check: Check): Check {
  return (value) => value === null || check(value);
}

export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

/** An object that has these fields; others do not matter. */
export function shaped(fields: Readonly<Record<string, Check>>): Check {
  return (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check((value as Readonly<Record<string, unknown>>)[name]));
}
