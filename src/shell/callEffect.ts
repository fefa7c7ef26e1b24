import type { Word } from "./analysis.ts";
import { verbShaped } from "./effects/cloudVerbs.ts";
import { mongoEffect, mysqlEffect, psqlEffect, redisEffect } from "./effects/databaseClients.ts";
import { builtInTable, type EffectTable, lookUp } from "./effects/effectTable.ts";
import { curlEffect, wgetEffect } from "./effects/httpEffect.ts";
import type { Unwrapped } from "./effects/inner.ts";
import { kubectlEffect, unknownKubectl } from "./effects/kubectlEffect.ts";
import { unwrapPrefix } from "./effects/prefixes.ts";
import { unwrapCloudShell, unwrapContainer, unwrapKubectl, unwrapRepeater } from "./effects/runners.ts";
import { unwrapShell, unwrapSsh } from "./effects/shells.ts";
import { awkEffect, ddEffect, pythonEffect, sedEffect } from "./effects/textEffect.ts";
import { cannotTell, type Input, reads, type Verdict, worst } from "./effects/verdict.ts";

const systemFolder = /^\/((usr\/(local\/)?)?s?bin|opt\/.*\/s?bin)\/(?=[^/]+$)/;
const containers = new Set(["docker", "podman", "nerdctl", "crictl", "docker-compose", "podman-compose"]);
const kubectls = new Set(["kubectl", "oc", "kubecolor", "microk8s.kubectl"]);
const psqls = new Set(["psql", "gitlab-psql", "pgcli"]);
const mysqls = new Set(["mysql", "mariadb"]);
const redises = new Set(["redis-cli", "valkey-cli", "keydb-cli", "gitlab-redis-cli"]);

/** The name under which the tables know a program: without its folder, where that is one of the system's. */
export function programName(written: string): string {
  return written.replace(systemFolder, "");
}

/** Whether the tables know a program. */
export function isKnownProgram(program: string, own: EffectTable): boolean {
  if (own.has(program) || builtInTable.has(program) || kubectls.has(program) || containers.has(program)) return true;
  if (unwrapPrefix(program, []) || unwrapShell(program, [], { kind: "none" })) return true;
  return (
    ["ssh", "xargs", "parallel", "find", "curl", "wget", "gcloud", "az", "mongo", "mongosh"].includes(program) ||
    [psqls, mysqls, redises].some((names) => names.has(program))
  );
}

/** What a program runs that stands behind it; null where it runs none. */
export function unwrap(program: string, args: readonly Word[], input: Input): Unwrapped | null {
  if (program === "ssh") return unwrapSsh(args, input);
  if (program === "gcloud") return unwrapCloudShell(args);
  if (kubectls.has(program)) return unwrapKubectl(args, input);
  if (containers.has(program)) return unwrapContainer(program, args, input);
  return unwrapPrefix(program, args) ?? unwrapShell(program, args, input) ?? unwrapRepeater(program, args);
}

/** What a call does itself. What the tables do not know changes something. */
export function callEffect(program: string, args: readonly Word[], input: Input): Verdict {
  if (kubectls.has(program)) {
    return kubectlEffect(args) ?? lookUp(builtInTable, "kubectl", args) ?? unknownKubectl(program, args);
  }
  const only = args.length === 1 ? args[0]?.literal : undefined;
  const known = builtInTable.has(program);
  if (known && (only === "--version" || only === "--help")) return reads;
  const judged = judge(program, args, input);
  const listed = lookUp(builtInTable, program, args);
  if (judged && listed) return worst([judged, listed]) ?? judged;
  return judged ?? listed ?? cannotTell(known && args[0] ? `${program} ${args[0].text}` : program);
}

/** Programs whose words must be understood, not only compared. */
function judge(program: string, args: readonly Word[], input: Input): Verdict | null {
  if (psqls.has(program)) return psqlEffect(args, input);
  if (mysqls.has(program)) return mysqlEffect(args, input);
  if (redises.has(program)) return redisEffect(args, input);
  switch (program) {
    case "curl":
      return curlEffect(args);
    case "wget":
      return wgetEffect(args);
    case "mongo":
    case "mongosh":
      return mongoEffect(args, input);
    case "gcloud":
    case "az":
      return verbShaped(program, args);
    case "awk":
    case "gawk":
    case "mawk":
    case "nawk":
      return awkEffect(args);
    case "sed":
    case "gsed":
      return sedEffect(args);
    case "dd":
      return ddEffect(args);
    case "gzip":
    case "gunzip":
    case "bzip2":
    case "xz":
    case "zstd":
      // Between pipes they write to their output.
      return null;
    default:
      return null;
  }
}

/** Verdicts that go before the table: some uses of a program only read where the table must say more. */
export function exemption(program: string, args: readonly Word[], input: Input): Verdict | null {
  if (program === "python" || program === "python3") return pythonEffect(args);
  const compresses = /^(gzip|gunzip|bzip2|bunzip2|xz|unxz|zstd|unzstd|pigz|unpigz|lz4)$/.test(program);
  if (compresses && input.kind !== "none" && args.every(({ shape }) => shape.startsWith("-"))) return reads;
  if (program === "mount" && args.length === 0) return reads;
  if (program === "kill" && sendsNothing(args)) return reads;
  return null;
}

/** `kill -l` lists the signals, and signal 0 is none: it asks whether the process is there. */
function sendsNothing([first, second]: readonly Word[]): boolean {
  const asks = first?.shape === "-s" || first?.shape === "-n";
  return asks ? second?.shape === "0" : /^(-l|-L|-0|--list|--table)$/.test(first?.shape ?? "");
}
