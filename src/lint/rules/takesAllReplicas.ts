import type { KubectlUse, LintedBlock, ScriptEdit } from "../lintedBlock.ts";
import type { Fix, Problem } from "../problem.ts";
import type { Rule } from "../rule.ts";

const nameLabel =
  /^(?:app|k8s-app|name|app\.kubernetes\.io\/name)={1,2}([a-z0-9][a-z0-9.-]{0,252}|<[\w.-]{1,60}>|\$\w{1,60}|\$\{\w{1,60}\})$/;
/** Flags which say where a command acts: a replacement keeps them. */
const places = new Set(["-n", "--namespace", "--context", "--cluster", "--user", "--as", "--kubeconfig"]);

/** Deletions by label or `--all`, which leave no pod to answer until new ones are ready. */
export const takesAllReplicas: Rule = ({ blocks }) =>
  blocks.flatMap((linted) =>
    linted.kubectl.flatMap((use) => {
      const what = allPods(use);
      if (what === null) return [];
      const workload = workloadOf(use);
      const instead = workload
        ? `\`kubectl rollout restart ${workload}\` replaces`
        : "`kubectl rollout restart` of the workload replaces";
      const message = `Deletes ${what} at once: nothing answers until new ones are ready. ${instead} them one by one.`;
      const place = linted.place(use.call.start, use.call.end);
      const fixes = workload ? restart(linted, use, workload) : [];
      return { rule: "takes-all-replicas", severity: "warning", ...place, message, fixes } satisfies Problem;
    }),
  );

/** The pods that a call deletes without naming them, for a person; null where it does not. */
function allPods({ said }: KubectlUse): string | null {
  if (said.verb[0] !== "delete" || said.dryRun !== "none" || said.fieldSelector !== null) return null;
  if (!said.resources.some(({ kind, name }) => kind === "pods" && name === null)) return null;
  if (said.selector !== null) return `every pod with ${said.selector}`;
  if (!said.all) return null;
  return said.allNamespaces ? "every pod of all namespaces" : "every pod of the namespace";
}

function workloadOf({ said }: KubectlUse): string | null {
  const name = nameLabel.exec(said.selector ?? "")?.[1];
  return name === undefined || said.allNamespaces ? null : `deployment/${name}`;
}

function restart(linted: LintedBlock, use: KubectlUse, workload: string): Fix[] {
  const { call, said } = use;
  const { script } = linted.analysis;
  const first = call.args[0];
  const last = call.args.at(-1);
  if (!first || !last || !call.args.every((word) => linted.isWritten(word)) || said.kinds.length !== 1) return [];
  const kept = said.options
    .filter(({ name }) => places.has(name))
    .map(({ name, word }) => {
      return word.text.startsWith(name) ? word.text : `${name} ${word.text}`;
    });
  const edit: ScriptEdit = {
    start: first.start,
    end: last.end,
    newText: ["rollout", "restart", workload, ...kept].join(" "),
  };
  // A redirection or a comment between the words would be lost.
  if (script.slice(first.start, last.end).replaceAll("\\\n", " ").split(/\s+/).length !== call.args.length) return [];
  return linted.fix(`Replace by kubectl rollout restart ${workload}`, [edit]);
}
