import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlainAddress, isWebPage, mailUrl } from "../../../src/incident/contactMail.ts";
import type { IncidentEntry } from "../../../src/incident/entry.ts";
import { incidentSummary } from "../../../src/incident/incidentSummary.ts";
import { contactWays } from "../../../src/runbook/contactWays.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import { hostileTexts } from "../hostileTexts.ts";

const address = "sre-team@pyairtable.example";
const at = (second: number) => Date.UTC(2026, 10, 25, 3, 0, second);
const clock = (time: number) => new Date(time).toISOString().slice(0, 19).replace("T", " ");

/** A mail as a mail program reads it: its headers by name. */
function read(url: string): { to: string; headers: [string, string][] } {
  const { protocol, pathname, search, hash } = new URL(url);
  assert.deepEqual([protocol, hash], ["mailto:", ""]);
  const headers = search
    .slice(1)
    .split("&")
    .map((part) => part.split("="))
    .map(([name = "", ...value]): [string, string] => [name, decodeURIComponent(value.join("="))]);
  return { to: pathname, headers };
}

test("a mail has subject and body as they are", () => {
  const url = mailUrl(address, { subject: "Incident: 100% & more?", body: "a = b & c\n+1 #x" }) ?? "";
  assert.deepEqual(read(url), {
    to: address,
    headers: [
      ["subject", "Incident: 100% & more?"],
      ["body", "a = b & c\r\n+1 #x"],
    ],
  });
});

test("no subject and no body become a header, or too long", () => {
  for (const text of [
    ...hostileTexts,
    "x\r\nBcc: evil@evil.example",
    "x&bcc=evil@evil.example",
    "%0D%0ABcc:x",
    "ü".repeat(5000),
  ]) {
    const name = JSON.stringify(text.slice(0, 60));
    const url = mailUrl(address, { subject: text, body: text }) ?? assert.fail(name);
    assert.ok(url.length <= 1800, `${name}: ${url.length}`);
    assert.match(url, /^mailto:[\w.@-]+\?subject=[\w.!~*'()%-]*&body=[\w.!~*'()%-]*$/, name);
    const { to, headers } = read(url);
    assert.equal(to, address);
    assert.deepEqual(
      headers.map(([header]) => header),
      ["subject", "body"],
    );
    assert.doesNotMatch(headers[0]?.[1] ?? "", /[\r\n]/, name);
  }
});

test("only plain addresses are written to", () => {
  for (const text of ["a@b.example", "first.last+tag@sub.b-c.example", address]) assert.ok(isPlainAddress(text), text);
  const refused = [
    ...hostileTexts.filter((text) => text !== "a@evil.example"),
    "",
    "a",
    "a@b",
    "a@b.example?bcc=x@y.example",
    "a@b.example,c@d.example",
    "a%0d%0abcc:x@b.example",
    '"a b"@b.example',
    "a@b.example ",
    "\n a@b.example",
    `${"a".repeat(65)}@b.example`,
    `a@${"b.".repeat(200)}example`,
  ];
  for (const text of refused) {
    assert.ok(!isPlainAddress(text), text.slice(0, 60));
    assert.equal(mailUrl(text, { subject: "", body: "" }), null, text.slice(0, 60));
  }
});

test("only web pages are opened", () => {
  for (const text of ["https://x.example/a?b=c#d", "http://localhost:8080"]) assert.ok(isWebPage(text), text);
  for (const text of [
    "",
    "x.example",
    "javascript:alert(1)",
    "command:x",
    "file:///etc/passwd",
    "vscode://x/y",
    "https://a@b.example",
  ]) {
    assert.ok(!isWebPage(text), text);
  }
});

test("a contact has the ways that it names", () => {
  const { contacts } = readRunbook(
    [
      "# X\n\n## Contacts\n",
      "- **SRE**: sre@x.example",
      "- **Duty**: <https://x.example/duty>",
      "- **On-call**: page through the PagerDuty escalation policy",
      "- **Chat**: #sre on Slack\n",
    ].join("\n"),
  );
  assert.deepEqual(contacts.map(contactWays), [["mail"], ["page"], ["escalation"], []]);
});

test("the summary tells what, where, how it stands and what happened last", () => {
  const by = "ana";
  const entries: IncidentEntry[] = [
    {
      type: "started",
      title: "Nobody can sign in",
      runbook: "pods.md",
      impact: "Sign-ins fail",
      expected: [30, 60],
      workloads: [],
      target: { context: "prod", namespace: "pyairtable" },
      at: at(0),
      by,
    },
    ...Array.from(
      { length: 20 },
      (_, index): IncidentEntry => ({ type: "note", text: `note ${index}`, at: at(index), by }),
    ),
  ];
  const { subject, body } = incidentSummary(entries, clock);
  assert.equal(subject, "Incident: Nobody can sign in");
  assert.match(body, /^Began: 2026-11-25 03:00:00\nWhere: prod\/pyairtable\nImpact: Sign-ins fail\n/);
  assert.match(body, /\nRecovery: not recovered \(expected 30–60 s\)\n\n/);
  assert.match(body, /\n2026-11-25 03:00:19 {2}Note: note 19$/);
  assert.doesNotMatch(body, /note 11$/m);
});
