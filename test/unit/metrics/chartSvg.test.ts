import assert from "node:assert/strict";
import { test } from "node:test";
import { chartSvg } from "../../../src/metrics/chartSvg.ts";
import { darkTheme, dashes, lightTheme } from "../../../src/metrics/chartTheme.ts";
import { hostileTexts } from "../hostileTexts.ts";
import { began, chart, chartOfText, series, step } from "./sampleCharts.ts";

const clock = (at: number) => new Date(at).toISOString().slice(0, 19).replace("T", " ");
const options = { width: 720, plotHeight: 200, theme: null, clock };
const allowed = new Set(["svg", "title", "style", "rect", "text", "path"]);

/** The elements of an SVG text; fails where a sign stands free that XML would read as more than text. */
function elements(svg: string): { names: string[]; attributes: string[] } {
  const names: string[] = [];
  const attributes: string[] = [];
  const rest = svg.replaceAll(/<\/?([a-z]+)((?: [a-z-]+="[^"<]*")*)\/?>/gi, (_, name: string, list: string) => {
    names.push(name);
    attributes.push(...[...list.matchAll(/ ([a-z-]+)="/gi)].map(([, attribute = ""]) => attribute));
    return "";
  });
  assert.doesNotMatch(rest, /[<>]|&(?!(?:amp|lt|gt|quot|#39);)/);
  return { names, attributes };
}

test("a picture has axes, its lines with gaps, and marks with their words", () => {
  const marks = [{ at: began + 2 * step, kind: "run", words: "Changed: Restart → ✓ 0" }] as const;
  const svg = chartSvg(
    chart("Ready", [series({ pod: "a" }, [2, 2, Number.NaN, 1, 2]), series({ pod: "b" }, [1])], "number", marks),
    options,
  );
  elements(svg);
  assert.match(svg, />03:04<\/text>/);
  assert.match(svg, />0.5<\/text>/);
  const lines = [...svg.matchAll(/class="line(\d)" fill="none"[^>]* d="([^"]*)"/g)];
  assert.deepEqual(
    lines.map(([, index]) => index),
    ["0", "1"],
  );
  assert.match(lines[0]?.[2] ?? "", /^M[\d. ]+L[\d. ]+M[\d. ]+L[\d. ]+$/);
  assert.match(lines[1]?.[2] ?? "", /^M[\d. ]+h0$/, "a single value is a dot");
  assert.match(svg, />1 03:00:30 Changed: Restart → ✓ 0<\/text>/);
  assert.match(svg, /aria-label="Ready: pod=a from 1 to 2, last 2; pod=b from 1 to 1, last 1"/);
});

test("lines are told apart without colours, by dashes", () => {
  const many = Array.from({ length: 20 }, (_, index) => series({ pod: `${index}` }, [index, 1]));
  const svg = chartSvg(chart("x", many), options);
  const looks = [...svg.matchAll(/class="(line\d)" fill="none"[^>]*?(stroke-dasharray="[^"]*")? d=/g)];
  assert.equal(new Set(looks.map(([, colour, dash]) => `${colour} ${dash}`)).size, 20);
  assert.equal(new Set(looks.slice(0, dashes.length).map(([, , dash]) => dash)).size, dashes.length);
});

test("a chart without values says so, and one with hidden series how many", () => {
  assert.match(chartSvg(chart("x", []), options), /No value in this time/);
  const many = Array.from({ length: 23 }, (_, index) => series({ pod: `${index}` }, [index]));
  assert.match(chartSvg(chart("x", many), options), />3 more series are not shown</);
});

test("the colours are those of the theme, or light and dark as it is shown", () => {
  const one = chart("x", [series({}, [1])]);
  const both = chartSvg(one, options);
  assert.match(both, /prefers-color-scheme: dark/);
  assert.ok(both.includes(lightTheme.background) && both.includes(darkTheme.background));
  const dark = chartSvg(one, { ...options, theme: darkTheme });
  assert.ok(dark.includes(darkTheme.background) && !dark.includes(lightTheme.background));
  assert.doesNotMatch(dark, /prefers-color-scheme/);
});

test("every line and text has the contrast it needs on its background", () => {
  for (const theme of [lightTheme, darkTheme]) {
    for (const line of [...theme.lines, theme.mark]) assert.ok(contrast(line, theme.background) >= 3, line);
    assert.ok(contrast(theme.text, theme.background) >= 7);
  }
});

test("a picture has no element, attribute or address but its own, whatever the labels are", () => {
  for (const text of hostileTexts) {
    const name = JSON.stringify(text.slice(0, 60));
    const svg = chartSvg(chartOfText(text), { ...options, theme: { ...lightTheme, mark: text.slice(0, 100) } });
    const { names, attributes } = elements(svg);
    assert.deepEqual(
      names.filter((one) => !allowed.has(one)),
      [],
      name,
    );
    assert.deepEqual(
      attributes.filter((one) => /^(on|href|src|style)/.test(one)),
      [],
      name,
    );
    assert.ok(svg.length < 30_000, `${name}: ${svg.length}`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    assert.doesNotMatch(svg, /[\u0000-\u0008\u000b-\u001f\ufffe\uffff\u202a-\u202e\u2066-\u2069]/, name);
    assert.ok(svg.isWellFormed(), name);
  }
});

/** As WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((first, second) => second - first);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
