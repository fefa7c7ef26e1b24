import { hostileValues } from "./plan/hostileValues.ts";

const long = 10_000_000;

/** What tries to be more than text where it is shown. */
const markup = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  '<a href="javascript:alert(1)">x</a>',
  "<style>body{display:none}</style>",
  "</code></pre><script>alert(1)</script>",
  "</td></tr></table><h1>gone</h1>",
  "<!-- gone",
  "--> back",
  "<![CDATA[ x",
  "<?php x ?>",
  "&lt;script&gt;",
  "&#60;b&#62;",
  "[click](command:workbench.action.quit)",
  "[click](command:podbook.runBlock?%5B%22x%22%5D)",
  "[click](javascript:alert(1))",
  "[click](vbscript:x)",
  "[click](data:text/html,<script>alert(1)</script>)",
  "[click](file:///etc/passwd)",
  "[click](https://evil.example)",
  '[click]( <https://evil.example> "t")',
  "[ref]",
  "[ref]: http://evil.example",
  "![x](http://evil.example/x.png)",
  "![x](command:workbench.action.quit)",
  "<https://evil.example/>",
  "<a@evil.example>",
  "https://evil.example/",
  "www.evil.example",
  "a@evil.example",
  "mailto:a@evil.example?bcc=b@evil.example",
  "command:workbench.action.quit",
  "javascript:alert(1)",
  "$(sync~spin) done",
  "$(alert)",
];

/** What would be another block, row or cell. */
const structure = [
  "# title",
  "title\n=====",
  "- [x] done",
  "1. one",
  "> quote",
  "---",
  "***",
  "| a | b |",
  "| --- | --- |\n| a | b |",
  "a | b",
  "\\| a",
  "a\n\nb",
  "a\r\n\r\n# b",
  "    indented",
  "`",
  "``` ",
  "`````````",
  "```\nrm -rf /\n```",
  "~~~\nrm -rf /\n~~~",
  "```bash\nrm -rf /",
  "**bold** __bold__ *it* ~~no~~",
  "$$x^2$$",
  "\\",
  "a\\",
];

/** What cannot be seen, or turns around what can. */
const unseen = [
  "\u202egnp.exe",
  "\u2066x\u2069",
  "\u200bzero\u200bwidth\ufeff",
  "\u00adsoft",
  "\u001b[31mred\u001b[0m",
  "\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007",
  "\u0000\u0007\u0008",
  "a\u2028b\u2029c",
  "\ud800",
  "\u0430pi-g\u0430teway",
];

const lengthy = [
  "x".repeat(long),
  "`".repeat(long),
  " ".repeat(long),
  "\n".repeat(long / 10),
  "](".repeat(long / 10),
  "<".repeat(long / 10),
];

/** Texts that a runbook, a pod, a metric or a log may hold, up to ten megabytes. */
export const hostileTexts: readonly string[] = [
  ...markup,
  ...structure,
  ...unseen,
  ...hostileValues("/tmp/canary"),
  ...lengthy,
];
