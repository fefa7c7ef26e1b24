/** Whether tests that repeat something do all their repetitions, as in `npm run soak`, and not only what `npm test` has time for. */
export const soaking = process.env["PODBOOK_SOAK"] === "1";

/** Every n-th of the items, from the first on; all of them in a soak. */
export function share<Item>(items: readonly Item[], nth: number): readonly Item[] {
  return soaking ? items : items.filter((_, index) => index % nth === 0);
}
