import assert from "node:assert/strict";
import { test } from "node:test";
import { Redactor, redactText } from "../../../src/journal/redaction.ts";
import { plainSamples, secretSamples } from "./redactionSamples.ts";

/** The text given in parts, as it comes out. */
function inParts(parts: readonly Buffer[], secrets: readonly string[] = []): string {
  const redactor = new Redactor(secrets);
  const written = parts.map((part) => redactor.write(part));
  return Buffer.concat([...written, redactor.end()]).toString("latin1");
}

const latin1 = (text: string) => Buffer.from(text).toString("latin1");

for (const { name, secrets, text, masked } of secretSamples) {
  test(`masks ${name}, wherever the output is split`, () => {
    const bytes = Buffer.from(text);
    assert.equal(inParts([bytes], secrets), latin1(masked));
    assert.equal(redactText(text, secrets ?? []), masked);
    for (let at = 1; at < bytes.length; at++) {
      const out = inParts([bytes.subarray(0, at), bytes.subarray(at)], secrets);
      // The first two letters of a JWT are those of every one, and may be out before it is known for one.
      assert.equal(out.replace(/\bey?(?=\*\*\*)/, ""), latin1(masked), `split at ${at}`);
    }
    const bytewise = Array.from(bytes, (byte) => Buffer.from([byte]));
    assert.equal(
      inParts(bytewise, secrets).replace(/\beyJ?(?=\*\*\*)|\bey?(?=\*\*\*)/, ""),
      latin1(masked),
      "byte by byte",
    );
    const padded = Buffer.concat([Buffer.alloc(70_000, "plain text\n"), Buffer.from("\n"), bytes]);
    assert.ok(inParts([padded], secrets).endsWith(latin1(`\n${masked}`)), "far behind the beginning");
  });
}

for (const text of plainSamples) {
  test(`leaves as it is: ${JSON.stringify(text.slice(0, 50))}`, () => {
    const bytes = Buffer.from(text, "latin1");
    for (let at = 0; at < bytes.length; at++) {
      assert.equal(inParts([bytes.subarray(0, at), bytes.subarray(at)], ["s3cret-value"]), text, `split at ${at}`);
    }
  });
}

test("nothing is held back that cannot become a secret", () => {
  const redactor = new Redactor(["s3cret-value"]);
  const shown = (text: string) => Buffer.from(redactor.write(Buffer.from(text))).toString();
  assert.equal(shown("Waiting for token"), "Waiting for token");
  assert.equal(shown("... http://gateway:8080/health"), "... http://gateway:8080/health");
  assert.equal(shown(" password: "), " password: ");
  assert.equal(shown("\ndone? [y/n] s"), "\ndone? [y/n] ");
  assert.equal(shown("ay"), "say");
  assert.equal(shown("kind: ConfigMap\ndata:\n"), "kind: ConfigMap\n");
  assert.equal(shown("  a:\n    b: c\n"), "data:\n  a:\n    b: c\n");
  assert.equal(Buffer.from(redactor.end()).toString(), "");
});

test("a long secret is masked, and holds back no more than a part of it", () => {
  const secret = Array.from({ length: 9000 }, (_, index) => String.fromCharCode(97 + ((index * index) % 26))).join("");
  const redactor = new Redactor([secret]);
  const out = [`x ${secret.slice(0, 5000)}`, `${secret.slice(5000)} y`].map((part) =>
    redactor.write(Buffer.from(part)),
  );
  const text = Buffer.concat([...out, redactor.end()]).toString();
  assert.match(text, /^x (\*\*\*)+ y$/);
});

test("the lines of a key are masked one by one", () => {
  const key = "-----BEGIN X-----\nMIIEvQIBADANBgkqhkiG\nAbCdEfGhIjKlMnOpQr\n-----END X-----\n";
  assert.equal(redactText("  MIIEvQIBADANBgkqhkiG\n  AbCdEfGhIjKlMnOpQr\n", [key]), "  ***\n  ***\n");
});

test("short secrets mask nothing", () => {
  assert.equal(redactText("a no yes admin", ["no", "admin", ""]), "a no yes admin");
});

test("bytes without secrets are given as they came, without a copy", () => {
  const redactor = new Redactor(["s3cret-value"]);
  const bytes = Buffer.alloc(65_536, "all is well with pod/api-gateway\n");
  const out = redactor.write(bytes);
  assert.equal(out.buffer, bytes.buffer);
  assert.equal(out.byteLength + Buffer.from(redactor.end()).length, bytes.length);
});
