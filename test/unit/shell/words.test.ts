import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { randomNumbers } from "./random.ts";
import { analyse } from "./shellParser.ts";

const pieces = [
  "a",
  "b-c",
  "'x y'",
  '"p q"',
  "\\ ",
  "\\'",
  '"\\""',
  '"\\$x"',
  "$'\\n'",
  "$'\\x41\\''",
  "''",
  '""',
  "\\\\",
  "'$x'",
  "=",
  ":",
  "/",
  "é",
  '"a\\b"',
  "\\\n",
  "'\n'",
  "b#",
  "%",
  ",",
  "@",
  "+",
  "\\$",
  '"`"'.replace("`", "\\`"),
  "]",
  "^",
];

test("words have the values that bash gives them", () => {
  const next = randomNumbers(4);
  const words = Array.from(
    { length: 600 },
    () => `w${Array.from({ length: 1 + next(6) }, () => pieces[next(pieces.length)]).join("")}`,
  );
  const script = `printf '%s\\0' ${words.join(" ")}\n`;
  const bash = spawnSync("bash", ["--norc"], { input: `set -f\n${script}`, encoding: "utf8" });
  assert.equal(bash.stderr, "");
  const [command] = analyse(script).commands;
  assert.equal(command?.effect, "read");
  assert.deepEqual(
    command?.calls[0]?.args.slice(1).map(({ literal }) => literal),
    bash.stdout.split("\0").slice(0, -1),
  );
});
