import assert from "node:assert/strict";
import { test } from "node:test";
import MarkdownIt from "markdown-it";
import type { PodDetails } from "../../src/cluster/objectDetails.ts";
import { slimPod } from "../../src/cluster/pod.ts";
import { whyLine } from "../../src/cluster/podColumns.ts";
import type { IncidentEntry } from "../../src/incident/entry.ts";
import { entryWords } from "../../src/incident/entryWords.ts";
import { incidentSummary } from "../../src/incident/incidentSummary.ts";
import { incidentReport } from "../../src/incident/report.ts";
import type { Plan, PlannedCommand } from "../../src/plan/plan.ts";
import { describeOne, describePlan, emptyPreview } from "../../src/plan/preview.ts";
import { readRunbook } from "../../src/runbook/runbook.ts";
import { blockLabel } from "../../src/ui/blockLabel.ts";
import { podDetailLines, podTooltip, tooltipText } from "../../src/ui/pods/podTooltip.ts";
import { rowLabel, rowTooltip } from "../../src/ui/runbooks/rowTexts.ts";
import { runbookRow, withDescendants } from "../../src/ui/runbooks/runbookRows.ts";
import { messageText, pickLabel, questionText, shownLabel, shownText } from "../../src/ui/shownText.ts";
import { hostileTexts } from "./hostileTexts.ts";
import { chartOfText } from "./metrics/sampleCharts.ts";

const at = Date.UTC(2026, 10, 25, 3);
/** What hides or turns text around; line ends and tabs may stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

/** Entries of every type, all of whose texts are this one. */
function entriesOfText(text: string): IncidentEntry[] {
  const said = { at, by: text };
  const target = { context: text, namespace: text };
  const row = { status: text, ready: 1, total: 2, restarts: 0 };
  const command = { text, effect: "change", outcome: text } as const;
  return [
    {
      type: "started",
      title: text,
      runbook: text,
      scenario: text,
      impact: text,
      expected: null,
      workloads: [],
      target,
      ...said,
    },
    { type: "workload", name: text, whole: false, ready: 0, wanted: 2, why: text, ...said },
    { type: "pod", pod: text, workload: text, was: row, is: { ...row, restarts: 2 }, ...said },
    { type: "pods", pods: [{ pod: text, workload: text, ...row }], ...said },
    { type: "event", id: text, warning: true, object: text, reason: text, message: text, ...said },
    { type: "note", text, ...said },
    { type: "metric", query: text, words: text, value: 1, ...said },
    { type: "restart", workload: text, pod: text, why: text, ...said },
    { type: "decided", agreed: false, title: text, hits: [text], ...said },
    {
      type: "recovery",
      scenario: text,
      target,
      startedAt: at,
      endedAt: at,
      recovered: false,
      expected: [1, 2],
      why: text,
      ...said,
    },
    {
      type: "run",
      title: text,
      effect: "change",
      target: null,
      commands: [command],
      result: text,
      succeeded: false,
      endedAt: at,
      ...said,
    },
  ];
}

function planOf(text: string): Plan {
  const command: PlannedCommand = {
    line: 0,
    endLine: 0,
    text,
    effect: "change",
    reasons: [text],
    actions: [],
    contexts: [text],
    doubt: text,
    uncounted: true,
  };
  const target = { context: text, namespace: text };
  return { title: text, script: text, directory: text, target, commands: [command], effect: "change", timeoutMs: null };
}

function podOf(text: string) {
  return slimPod({
    metadata: { name: text, uid: "1", labels: { app: text } },
    spec: { nodeName: text, containers: [{ name: text, image: text }] },
    status: {
      phase: text,
      reason: text,
      message: text,
      containerStatuses: [
        {
          name: text,
          ready: false,
          restartCount: 1,
          state: { waiting: { reason: text, message: text } },
          lastState: { terminated: { reason: text, exitCode: 1 } },
        },
      ],
    },
  });
}

function detailsOf(text: string): PodDetails {
  const events = Array.from({ length: 9 }, () => ({ warning: true, reason: text, message: text, count: 2, at }));
  return { resources: new Map([[text, text]]), usage: new Map([[text, text]]), events };
}

/** Texts that VS Code shows as they are: in tooltips, hovers and questions. */
const plainTexts: Readonly<Record<string, (text: string) => string>> = {
  "the tooltip of a pod": (text) => tooltipText(podTooltip(podOf(text), at), podDetailLines(detailsOf(text), at)),
  "the hover of a command": (text) => shownText(describeOne(planOf(text), emptyPreview, 0).join("\n")),
  "the tooltip of a lens": (text) =>
    shownText(describePlan(planOf(text), { ...emptyPreview, problem: text }).join("\n")),
  "the tooltip of an entry": (text) => shownText(entriesOfText(text).map(entryWords).join("\n")),
};

/** Texts of one line. */
const labels: Readonly<Record<string, (text: string) => string>> = {
  "the label of a block": (text) => blockLabel({ text } as Parameters<typeof blockLabel>[0], 18),
  "the label of a heading": (text) => shownLabel(text, 200),
  "an entry of a quick pick": (text) => pickLabel(text, 160),
  "a notification": (text) => messageText(`${text}: ${text}`),
  "the row of an entry": (text) => shownLabel(entriesOfText(text).map(entryWords).join(" "), 300),
  "the row of a pod": (text) => shownLabel(whyLine(podOf(text), at), 200),
};

for (const [place, make] of Object.entries(plainTexts)) {
  test(`nothing hides in ${place}, whatever the data are, and it stays short`, () => {
    for (const text of hostileTexts) {
      const shown = make(text);
      const name = JSON.stringify(text.slice(0, 60));
      assert.ok(shown.length < 6000, `${name}: ${shown.length}`);
      assert.doesNotMatch(shown, hidden, name);
    }
  });
}

for (const [place, make] of Object.entries(labels)) {
  test(`${place} is one line without a link, whatever the data are`, () => {
    for (const text of hostileTexts) {
      const shown = make(text);
      const name = JSON.stringify(text.slice(0, 60));
      assert.ok(shown.length < 1000, `${name}: ${shown.length}`);
      assert.doesNotMatch(shown, hidden, name);
      assert.doesNotMatch(shown, /[\r\n]/, name);
      if (place === "a notification") assert.doesNotMatch(shown, /\]\(/, name);
      if (place === "an entry of a quick pick") assert.doesNotMatch(shown, /\$\(/, name);
    }
  });
}

test("the rows of a runbook are short and hide nothing, whatever it says", () => {
  for (const text of hostileTexts) {
    const source = `# ${text}\n\n## ${text}\n\n**Impact**: ${text}\n\n\`\`\`bash\n${text}\n\`\`\`\n`.slice(0, 200_000);
    const uri = { toString: () => "file:///x.md" } as Parameters<typeof runbookRow>[0]["uri"];
    for (const row of withDescendants(runbookRow({ uri, runbook: readRunbook(source) }, text))) {
      const name = `${row.kind} of ${JSON.stringify(text.slice(0, 60))}`;
      assert.ok(rowLabel(row).length <= 201, name);
      assert.ok(rowTooltip(row, "x.md", "").length < 6000, name);
      assert.doesNotMatch(`${rowLabel(row)}${rowTooltip(row, "x.md", "")}`, hidden, name);
      assert.doesNotMatch(rowLabel(row), /[\r\n]/, name);
    }
  }
});

test("a report has no markup, link, image or HTML but its own, and no length but its own", () => {
  // As VS Code's preview reads Markdown, but for HTML, which is let through here.
  const html = new MarkdownIt({ html: true, linkify: true });
  const allowed = new Set("h1 h2 ul li strong table thead tbody tr th td p pre code input img".split(" "));
  const clock = (time: number) => new Date(time).toISOString().slice(0, 19).replace("T", " ");
  for (const text of hostileTexts) {
    const name = JSON.stringify(text.slice(0, 60));
    const entries = entriesOfText(text);
    const contacts = [{ text, email: `${text}@x` }];
    const chart = chartOfText(text);
    const metrics = { charts: [{ chart, picture: "incident-metrics/1-x.svg" }], problems: [text] };
    const report = incidentReport(entries, { checklist: [text], contacts, metrics, clock });
    assert.ok(report.length < 500_000, `${name}: ${report.length}`);
    const shown = html.render(report);
    const tags = [...shown.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].flatMap(([, tag = ""]) => (allowed.has(tag) ? [] : tag));
    assert.deepEqual(tags, [], `${name}\n${shown.slice(0, 3000)}`);
    assert.equal(shown.match(/<tr>/g)?.length, 2 + 5 + entries.length + 1 + chart.series.length, name);
    assert.deepEqual(shown.match(/<img [^>]*?src="[^"]*"/g), ['<img src="incident-metrics/1-x.svg"'], name);
    assert.equal(shown.match(/<h1>/g)?.length, 1, name);
    const { subject, body } = incidentSummary(entries, clock);
    assert.ok(body.length < 5000 && subject.length <= text.length + 10, name);
  }
});

test("what a person agrees to is not cut, and nothing hides in it", () => {
  const question = questionText(`${"x\n".repeat(20_000)}kubectl delete \u202ens`);
  assert.ok(question.endsWith("kubectl delete \ufffdns"));
  for (const text of hostileTexts) assert.doesNotMatch(questionText(text), hidden, JSON.stringify(text.slice(0, 60)));
});

test("there are hundreds of them", () => {
  assert.ok(new Set(hostileTexts).size >= 200, `${hostileTexts.length}`);
});
