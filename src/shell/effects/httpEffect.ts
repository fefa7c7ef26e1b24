import type { Word } from "../analysis.ts";
import { hasOption, optionValue, readOptions } from "../options.ts";
import { hole } from "../words.ts";
import { reads, type Verdict, worst } from "./verdict.ts";

const curlStyle = {
  short: "AbcCdDeEFhHKmoPQrtTuUwxXyYz",
  long: new Set(
    `--request --data --data-raw --data-binary --data-urlencode --data-ascii --json --form --form-string --upload-file
    --output --output-dir --header --user --user-agent --url --max-time --connect-timeout --retry --retry-delay
    --retry-max-time --cacert --capath --cert --cert-type --key --key-type --pass --resolve --connect-to --proxy --noproxy
    --socks5 --socks5-hostname --socks4 --preproxy --write-out --dump-header --cookie --cookie-jar --config --referer --range
    --interface --limit-rate --trace --trace-ascii --unix-socket --aws-sigv4 --oauth2-bearer --proxy-header --tls-max
    --ciphers --speed-limit --speed-time --max-redirs --stderr --quote --create-file-mode --netrc-file --dns-servers
    --abstract-unix-socket --libcurl --hsts --etag-save --etag-compare --variable --max-filesize --continue-at --proto
    --proto-default --proto-redir --delegation --service-name --local-port --keepalive-time --happy-eyeballs-timeout-ms`.split(
      /\s+/,
    ),
  ),
};

const sends = [
  "-d",
  "--data",
  "--data-raw",
  "--data-binary",
  "--data-urlencode",
  "--data-ascii",
  "--json",
  "-F",
  "--form",
  "--form-string",
];
const writes = [
  "-o",
  "--output",
  "-D",
  "--dump-header",
  "-c",
  "--cookie-jar",
  "--trace",
  "--trace-ascii",
  "--stderr",
  "--libcurl",
  "--hsts",
  "--etag-save",
];

/** What curl does: its method decides, and whether it writes a file. */
export function curlEffect(args: readonly Word[]): Verdict {
  const { options } = readOptions(args, curlStyle);
  const methods = options.filter(({ name }) => name === "-X" || name === "--request").map(({ value }) => value ?? "");
  const sending = hasOption(options, ...sends) && !hasOption(options, "-G", "--get");
  const uploading = hasOption(options, "-T", "--upload-file");
  // Behind --next stands another request, whose method need not be that of the first.
  const implied = hasOption(options, "--next", "-:") || methods.length === 0;
  if (implied) methods.push(uploading ? "PUT" : sending ? "POST" : "GET");
  const sent = worst(methods.map((method) => methodEffect(method, uploading))) ?? reads;
  if (sent.effect !== "read") return sent;
  if (hasOption(options, "-K", "--config", "-Q", "--quote"))
    return { effect: "change", reason: "cannot tell what curl is told" };
  if (hasOption(options, "-O", "--remote-name", "-J", "--remote-name-all", "--remote-header-name")) {
    return { effect: "change", reason: "downloads into a file" };
  }
  if (optionValue(options, "-w", "--write-out")?.includes("%output"))
    return { effect: "change", reason: "writes a file" };
  const written = options.find(({ name, value }) => writes.includes(name) && !isNoFile(value));
  return written ? { effect: "change", reason: `writes ${written.word.text}` } : reads;
}

/** What wget does: without `-O -` or `--spider` it writes what it gets into a file. */
export function wgetEffect(args: readonly Word[]): Verdict {
  const { options } = readOptions(args, {
    short: "OoaitTwQPUADRXIBe",
    long: new Set(
      "--output-document --output-file --append-output --method --post-data --post-file --body-data --header --tries --timeout --directory-prefix --user --password --ca-certificate --execute".split(
        " ",
      ),
    ),
  });
  const posting = hasOption(options, "--post-data", "--post-file", "--body-data", "--body-file");
  const sent = methodEffect(optionValue(options, "--method") ?? (posting ? "POST" : "GET"), false);
  if (sent.effect !== "read") return sent;
  if (
    options.some(
      ({ name, value }) => ["-o", "-a", "--output-file", "--append-output"].includes(name) && !isNoFile(value),
    )
  ) {
    return { effect: "change", reason: "writes a log file" };
  }
  if (hasOption(options, "--spider", "--version", "--help")) return reads;
  const target = options.findLast(({ name }) => name === "-O" || name === "--output-document");
  return target && isNoFile(target.value) ? reads : { effect: "change", reason: "downloads into a file" };
}

function methodEffect(written: string, uploading: boolean): Verdict {
  const method = written.toUpperCase();
  if (/^(GET|HEAD|OPTIONS|TRACE)$/.test(method) && !uploading) return reads;
  if (method === "DELETE") return { effect: "destroy", reason: "sends an HTTP DELETE" };
  return {
    effect: "change",
    reason: method.includes(hole) ? "cannot tell which HTTP method it sends" : `sends an HTTP ${method}`,
  };
}

function isNoFile(value: string | null): boolean {
  return value === "-" || value === "/dev/null" || value === "/dev/stdout" || value === "/dev/stderr";
}
