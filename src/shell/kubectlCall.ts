import type { Word } from "./analysis.ts";
import { booleanFlags, kubectlStyle, valueFlags } from "./kubectlFlags.ts";
import { aboutPods, type KubectlResource, readResources } from "./kubectlResources.ts";
import { hasOption, type Option, type Options, optionValue, readOptions } from "./options.ts";
import { hole } from "./words.ts";

/** What a kubectl (or oc) command line says. */
export interface KubectlCall {
  /** The words of the verb: `["get"]`, `["rollout", "restart"]`, `["config", "use-context"]`. */
  readonly verb: readonly string[];
  /** What it is about: kinds in kubectl's full plural form, each with a name, or with null for all that are selected. */
  readonly resources: readonly KubectlResource[];
  /** The kinds of `resources`, each once: `pods`, `deployments`, `certificates.cert-manager.io`. */
  readonly kinds: readonly string[];
  /** The names of `resources`, in order. */
  readonly names: readonly string[];
  /** The words behind the verb which name no resource: `a=b` of `label`, the ports of `port-forward`, both ends of `cp`. */
  readonly rest: readonly string[];
  readonly selector: string | null;
  readonly fieldSelector: string | null;
  readonly namespace: string | null;
  readonly allNamespaces: boolean;
  readonly context: string | null;
  readonly kubeconfig: string | null;
  readonly all: boolean;
  readonly replicas: number | null;
  readonly dryRun: "none" | "client" | "server";
  /** Values of `-f` and `-k`: `-` is standard input. */
  readonly files: readonly string[];
  readonly recursive: boolean;
  readonly gracePeriod: number | null;
  readonly force: boolean;
  readonly watch: boolean;
  readonly follow: boolean;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly container: string | null;
  /** The words behind `--`; null where there is no `--`. */
  readonly subcommand: readonly Word[] | null;
  /** Every option, for what has no field here. */
  readonly options: readonly Option[];
  /**
   * True where a word that decides what is hit depends on an expansion, or where a flag is not known: the fields above
   * may then say too little. Names and values that are not known stand there as they are written: `$POD`, `<pod-name>`.
   */
  readonly unknown: boolean;
}

/** Verbs of two words. */
const groups = new Set(
  "rollout config auth set top certificate cluster-info create adm plugin alpha completion image policy sa secrets".split(
    " ",
  ),
);
const dryRunValues = new Map<string, KubectlCall["dryRun"]>([
  ["client", "client"],
  ["server", "server"],
  ["true", "client"],
]);

/** Reads the words behind `kubectl` or `oc`. Null where there is no verb, or where it depends on an expansion. */
export function readKubectl(args: readonly Word[]): KubectlCall | null {
  const first = firstOperand(args);
  if (!first || first.literal === null) return null;
  const { options, operands, behindDashes } = readAll(args, first);
  const group =
    groups.has(first.literal) || (first.literal === "apply" && operands[1]?.shape.includes("-last-applied"));
  const verbWords = verbLength(operands, group === true);
  const verb = operands.slice(0, verbWords).map((word) => word.shape);
  if (verb.some((part) => part.includes(hole))) return null;
  const found = readResources(verb, operands.slice(verbWords));
  const value = (...names: string[]): string | null => writtenValue(options, ...names);
  const selects = ["-l", "--selector", "--field-selector", "-n", "--namespace", "--context", "-f", "--filename"];
  return {
    verb,
    resources: found.resources,
    kinds: [...new Set(found.resources.map(({ kind }) => kind))],
    names: found.resources.flatMap(({ name }) => (name === null ? [] : [name])),
    rest: found.rest,
    selector: value("-l", "--selector"),
    fieldSelector: value("--field-selector"),
    namespace: value("-n", "--namespace"),
    allNamespaces: isOn(options, "-A", "--all-namespaces"),
    context: value("--context"),
    kubeconfig: value("--kubeconfig"),
    all: isOn(options, "--all"),
    replicas: wholeNumber(optionValue(options, "--replicas")),
    dryRun: readDryRun(options),
    files: options.filter(({ name }) => isFile(name, verb[0])).flatMap(({ value: file }) => file ?? []),
    recursive: isOn(options, "-R", "--recursive"),
    gracePeriod: wholeNumber(optionValue(options, "--grace-period")),
    force: isOn(options, "--force"),
    watch: isOn(options, "-w", "--watch", "--watch-only"),
    follow: isOn(options, "--follow") || (aboutPods.has(verb[0] ?? "") && isOn(options, "-f")),
    stdin: isOn(options, "-i", "--stdin"),
    tty: isOn(options, "-t", "--tty"),
    container: value("-c", "--container") ?? found.container,
    subcommand: behindDashes ?? found.subcommand,
    options,
    unknown:
      found.unknown ||
      options.some(({ name }) => name.includes(hole) || (name.startsWith("--") && !isKnownFlag(name))) ||
      selects.some((name) => optionValue(options, name)?.includes(hole)),
  };
}

/** The first word that is no option, with the flags which all verbs share. */
function firstOperand(args: readonly Word[]): Word | undefined {
  return readOptions(args, { ...kubectlStyle("get"), leading: true }).operands[0];
}

/** `oc rsh` leaves every word behind the pod to the command in it. */
function readAll(args: readonly Word[], verb: Word): Options {
  const style = kubectlStyle(verb.shape);
  if (verb.literal !== "rsh") return readOptions(args, style);
  const at = args.indexOf(verb);
  const before = readOptions(args.slice(0, at), style);
  const behind = readOptions(args.slice(at + 1), { ...style, leading: true });
  return {
    options: [...before.options, ...behind.options],
    operands: [verb, ...behind.operands.filter(({ shape }, index) => index !== 1 || shape !== "--")],
    behindDashes: null,
  };
}

function verbLength(operands: readonly Word[], group: boolean): number {
  if (!group) return 1;
  const second = operands[1]?.literal;
  const deeper = operands[0]?.literal === "adm" && (second === "policy" || second === "groups");
  const secret = operands[0]?.literal === "create" && (second === "secret" || second === "service");
  return Math.min(operands.length, deeper || secret ? 3 : 2);
}

function writtenValue(options: readonly Option[], ...names: readonly string[]): string | null {
  const option = options.findLast(({ name }) => names.includes(name));
  if (!option || option.value === null) return null;
  if (!option.value.includes(hole)) return option.value;
  return option.word.text.replace(/^--[\w-]+=/, "").replace(new RegExp(`^${names[0]}(?=[^-])`), "");
}

function isOn(options: readonly Option[], ...names: readonly string[]): boolean {
  return (
    options.findLast(({ name }) => names.includes(name)) !== undefined && optionValue(options, ...names) !== "false"
  );
}

function readDryRun(options: readonly Option[]): KubectlCall["dryRun"] {
  if (!hasOption(options, "--dry-run")) return "none";
  const value = optionValue(options, "--dry-run");
  return value === null ? "client" : (dryRunValues.get(value) ?? "none");
}

function isFile(name: string, verb: string | undefined): boolean {
  return ["--filename", "-k", "--kustomize"].includes(name) || (name === "-f" && verb !== "logs" && verb !== "log");
}

function isKnownFlag(name: string): boolean {
  return booleanFlags.has(name) || valueFlags.has(name) || name === "--raw";
}

function wholeNumber(value: string | null): number | null {
  return value !== null && /^-?\d+$/.test(value) ? Number(value) : null;
}
