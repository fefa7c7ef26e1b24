/** The bed that a test file uses: each lane of `npm test` has its own, named by PODBOOK_TEST_BED. */
export function testBedName(): string {
  return process.env["PODBOOK_TEST_BED"] ?? "test";
}
