// Loads several test files into this process, whose names stand in PODBOOK_TEST_FILES, one a line: for many small files, to
// start a process for each takes longer than their tests.

for (const file of (process.env["PODBOOK_TEST_FILES"] ?? "").split("\n")) await import(file);
