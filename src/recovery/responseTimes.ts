import { quoteWord } from "../shell/quote.ts";
import type { ActionScript } from "./actions.ts";
import { lines } from "./verdict.ts";

/** Percentiles by the nearest rank, and ten bars from the fastest to the slowest; the input is `STATUS SECONDS`, sorted by time. */
const summary = `
  { ms[NR] = $2 * 1000; if ($1 !~ /^2/) { bad++; codes[$1]++ } }
  function at(p,   i) { i = int(NR * p / 100 + 0.9999); return ms[i < 1 ? 1 : i] }
  END {
    if (NR == 0) { print "nothing was measured"; exit 1 }
    printf "%d requests, %d failed\\n", NR, bad
    for (code in codes) printf "  status %s: %d\\n", code, codes[code]
    printf "p50 %.1f ms   p90 %.1f ms   p95 %.1f ms   p99 %.1f ms   max %.1f ms\\n", at(50), at(90), at(95), at(99), ms[NR]
    step = (ms[NR] - ms[1]) / 10; if (step == 0) step = 1
    for (i = 1; i <= NR; i++) { b = int((ms[i] - ms[1]) / step); if (b > 9) b = 9; count[b]++; if (count[b] > top) top = count[b] }
    for (b = 0; b < 10; b++) {
      bar = ""; for (i = 0; i < count[b] / top * 40; i++) bar = bar "#"
      printf "%8.1f ms | %-40s %d\\n", ms[1] + b * step, bar, count[b]
    }
    exit bad > 0
  }`;

/**
 * Asks a URL `count` times, one request after another, and prints percentiles and a small plot. The exit code is 1 where
 * an answer is not a success.
 */
export function responseTimesScript(name: string, url: string, count: number): ActionScript {
  const ask = `curl -s --max-time 10 -o /dev/null -w '%{http_code} %{time_total}\\n' ${quoteWord(url)}`;
  return {
    title: `Measure response times of ${name}`,
    script: lines(
      `for ((i = 0; i < ${count}; i++)); do ${ask}; done | LC_ALL=C sort -k2 -n | awk ${quoteWord(summary)}`,
    ),
  };
}
