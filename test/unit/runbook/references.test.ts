import assert from "node:assert/strict";
import { test } from "node:test";
import { readRunbook } from "../../../src/runbook/runbook.ts";

test("links of all kinds with their lines, and no images", () => {
  const markdown =
    "# See [a](a.md)\n\ntext\n[b\nc](<b c.md#part> 'title') and `code\nover lines` [d](d%20e.md?x)\n\n- [ ] ![i](i.png) <https://x.example/y>\n" +
    "\n> [r] and [s][R]\n\n[r]: ../r.md\n\n| [t](t.md) | x |\n|---|---|\n| y | [u](#here) |\n\n[v](//x.example) [w](mailto:a@b.example)\n";
  assert.deepEqual(
    readRunbook(markdown).links.map(({ line, href, text, external, path }) => [line, href, text, external, path]),
    [
      [0, "a.md", "a", false, "a.md"],
      [3, "b%20c.md#part", "b c", false, "b c.md"],
      [5, "d%20e.md?x", "d", false, "d e.md"],
      [7, "https://x.example/y", "https://x.example/y", true, null],
      [9, "../r.md", "r", false, "../r.md"],
      [9, "../r.md", "s", false, "../r.md"],
      [13, "t.md", "t", false, "t.md"],
      [15, "#here", "u", false, null],
      [17, "//x.example", "v", true, null],
      [17, "mailto:a@b.example", "w", true, null],
    ],
  );
});

test("the first of two definitions counts, wherever it stands", () => {
  assert.deepEqual(
    readRunbook("[a]\n\n- [a]: one.md\n\n[a]: two.md\n").links.map(({ href }) => href),
    ["one.md"],
  );
  assert.deepEqual(readRunbook("[a]\n\n```\n[a]: one.md\n```\n").links, []);
});

test("dashboards below a heading that names them", () => {
  const markdown =
    "# Grafana is down\n\n- Users see nothing\n\n## Grafana dashboards\n\n- **Overview**: look here first\n" +
    "- [Pods](https://grafana.example/d/1) - restarts\n- Errors: https://grafana.example/d/2.\n- Plain name\n- Database:\n" +
    "  - [Locks](/d/3)\n  - **Size**\n\n### Dashboard shows nothing\n\n| Name | URL |\n|---|---|\n| Nodes | <https://x.example> |\n";
  assert.deepEqual(
    readRunbook(markdown).dashboards.map(({ line, title, url, description }) => [line, title, url, description]),
    [
      [6, "Overview", null, "look here first"],
      [7, "Pods", "https://grafana.example/d/1", "restarts"],
      [8, "Errors", "https://grafana.example/d/2", "https://grafana.example/d/2."],
      [9, "Plain name", null, ""],
      [11, "Locks", "/d/3", ""],
      [12, "Size", null, ""],
      [18, "Nodes", "https://x.example", ""],
    ],
  );
  assert.deepEqual(readRunbook("# A\n\n## Dashboards do not load\n\n- Check Grafana\n").dashboards, []);
});

test("contacts below a heading that names them", () => {
  const markdown =
    "# R\n\n## Contacts and escalation\n\n- **Platform Team**: platform@x.example\n- On-call - use the PagerDuty policy\n" +
    "- [SRE](https://x.example/sre), #sre on Slack\n- lone@x.example\n- <mailto:dba@x.example>\n\n" +
    "| Role | Who | Mail |\n|---|---|---|\n| Lead | Ann \\| Bob | [ann](mailto:ann@x.example) |\n";
  assert.deepEqual(
    readRunbook(markdown).contacts.map(({ line, name, email, url, text }) => [line, name, email, url, text]),
    [
      [4, "Platform Team", "platform@x.example", null, "platform@x.example"],
      [5, "On-call", null, null, "use the PagerDuty policy"],
      [6, "SRE", null, "https://x.example/sre", "#sre on Slack"],
      [7, "lone@x.example", "lone@x.example", null, "lone@x.example"],
      [8, "mailto:dba@x.example", "dba@x.example", null, ""],
      [12, "Lead", "ann@x.example", null, "Ann | Bob, ann"],
    ],
  );
});

test("steps and sentences below such headings are neither dashboards nor contacts", () => {
  const markdown =
    "# R\n\n## Dashboards\n\n1. Open the panel, then wait until it has loaded all of its graphs and tables and more.\n" +
    "2. Look at the [overview](https://grafana.example/d/3) now.\n\n### Creating a dashboard\n\n- **Name**: short\n\n" +
    "## On-call\n\n- Several VMs are affected\n- Page the team with Opsgenie\n- +49 (89) 2555 2787\n\n## On-call duties\n\n- **Be** there\n";
  const { dashboards, contacts } = readRunbook(markdown);
  assert.deepEqual(
    dashboards.map(({ url }) => url),
    ["https://grafana.example/d/3"],
  );
  assert.deepEqual(
    contacts.map(({ name }) => name),
    ["Page the team with Opsgenie", "+49 (89) 2555 2787"],
  );
});

test("checklists: what to do after an incident, and boxes anywhere", () => {
  const markdown =
    "- [ ] before all\n\n# R\n\n- not this\n- [x] done\n  - [X] nested\n- [link](a.md)\n\n## Post-incident actions\n\n" +
    "1. **Write** it down\n   - when\n2. [ ] Tell `all`\n\n### Follow-up\n\n- x\n\n## Afterwards\n\n+ y\n\n## Postal service\n\n- z\n";
  const lists = readRunbook(markdown).checklists;
  assert.deepEqual(
    lists.map(({ title, line, postIncident }) => [title, line, postIncident]),
    [
      ["", 0, false],
      ["R", 5, false],
      ["Post-incident actions", 11, true],
      ["Follow-up", 17, true],
      ["Afterwards", 21, true],
    ],
  );
  assert.deepEqual(lists[1]?.items, [
    { line: 5, text: "done", depth: 0, checked: true },
    { line: 6, text: "nested", depth: 1, checked: true },
  ]);
  assert.deepEqual(lists[2]?.items, [
    { line: 11, text: "Write it down", depth: 0, checked: null },
    { line: 12, text: "when", depth: 1, checked: null },
    { line: 13, text: "Tell all", depth: 0, checked: false },
  ]);
});
