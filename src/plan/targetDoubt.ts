import type { BlockAnalysis, Call, Command } from "../shell/analysis.ts";
import { readKubectl } from "../shell/kubectlCall.ts";

/** Platforms' logins: they write the kubeconfig that they find, the run's own included, and make another context current. */
const logins: Readonly<Record<string, readonly string[]>> = {
  oc: ["login", "project"],
  gcloud: ["container clusters get-credentials"],
  aws: ["eks update-kubeconfig"],
  az: ["aks get-credentials"],
  doctl: ["kubernetes cluster kubeconfig"],
  tsh: ["kube login"],
  kubectx: [""],
  kubens: [""],
  kubie: ["ctx", "ns"],
};

/**
 * For each command of a block, why it cannot be told which cluster and namespace it acts on; null where it can. A command
 * that turns to another kubeconfig, or changes the one it has, leaves it open for what else it changes, and for those
 * after it.
 */
export function targetDoubts({ commands }: Pick<BlockAnalysis, "commands">): (string | null)[] {
  let moved: string | null = null;
  return commands.map((command) => {
    const before = moved;
    moved ??= movesTarget(command);
    const changes = command.calls.some((call) => call.effect !== "read" && !writesKubeconfig(call));
    return before ?? (changes ? moved : null) ?? command.calls.map(ownDoubt).find((doubt) => doubt !== null) ?? null;
  });
}

/** The contexts that programs other than kubectl name: `helm --kube-context x`, `flux --context=x`. */
export function otherContexts(call: Call): string[] {
  if (call.where !== "here" || isKubectl(call)) return [];
  return call.args.flatMap(({ literal }, index) => {
    const match = /^--(?:kube-?)?context(?:=(.+))?$/.exec(literal ?? "");
    const name = match && (match[1] ?? call.args[index + 1]?.literal);
    return name ? [name] : [];
  });
}

/** `kubectl` or `oc`. */
export function isKubectl({ program }: Call): boolean {
  return program === "kubectl" || program === "oc";
}

function movesTarget({ text, calls }: Command): string | null {
  if (/\bKUBECONFIG=|\bunset\b[^\n;&|]*\bKUBECONFIG\b/.test(text)) return "the block sets KUBECONFIG";
  return calls.some(writesKubeconfig) ? "the block changes its kubeconfig" : null;
}

function writesKubeconfig(call: Call): boolean {
  if (call.where !== "here") return false;
  const kubectl = isKubectl(call) ? readKubectl(call.args) : null;
  if (kubectl?.verb[0] === "config") return call.effect !== "read";
  const operands = call.args.flatMap(({ literal }) => (literal && !literal.startsWith("-") ? [literal] : []));
  if (operands.length === 0) return false;
  return (logins[call.program] ?? []).some((login) => `${operands.join(" ")} `.startsWith(login && `${login} `));
}

function ownDoubt(call: Call): string | null {
  if (call.where !== "here" || call.effect === "read" || !(isKubectl(call) || call.program === "helm")) return null;
  const options = call.args.map(({ shape }) => /^--?[\w-]+/.exec(shape)?.[0]);
  if (options.includes("--kubeconfig")) return "it names another kubeconfig";
  if (options.some((name) => ["--server", "-s", "--cluster", "--kube-apiserver"].includes(name ?? ""))) {
    return "it names another server";
  }
  const at = call.args.findIndex(({ shape }) => /^--(kube-)?context(=|$)/.test(shape));
  const named = call.args[at];
  const value = named?.shape.includes("=") ? named : call.args[at + 1];
  return named && value?.literal === null ? "its context is only known when it runs" : null;
}
