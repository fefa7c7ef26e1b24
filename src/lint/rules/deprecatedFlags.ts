import type { Option } from "../../shell/options.ts";
import type { KubectlUse, LintedBlock } from "../lintedBlock.ts";
import { atWord, type Deprecation } from "./deprecation.ts";

/** What became of a flag. Every row was tried with kubectl 1.34.4. */
interface FlagRow {
  readonly flag: string;
  /** Verbs it is told of for; all where none are named. */
  readonly verbs?: readonly string[];
  /** What a value must be for the row to hold; any where it is not said. */
  readonly value?: RegExp;
  readonly message: string;
  /** The flag that takes its place; empty to leave it out. Not given where a person must decide. */
  readonly by?: string;
}

const rows: readonly FlagRow[] = [
  {
    flag: "--record",
    message:
      "--record is deprecated since kubectl 1.22. Leave it out, and note the reason with kubectl annotate … kubernetes.io/change-cause=….",
    by: "",
  },
  { flag: "--export", verbs: ["get"], message: "kubectl get has no --export since 1.18. Leave it out.", by: "" },
  {
    flag: "--show-all",
    verbs: ["get"],
    message: "kubectl get has no --show-all since 1.14: it shows pods in every state. Leave it out.",
    by: "",
  },
  {
    flag: "-a",
    verbs: ["get"],
    message: "kubectl get has no -a since 1.14: it shows pods in every state. Leave it out (all namespaces are -A).",
    by: "",
  },
  {
    flag: "--short",
    verbs: ["version"],
    message: "kubectl version has no --short since 1.28: it is always short. Leave it out.",
    by: "",
  },
  {
    flag: "--generator",
    verbs: ["run"],
    message: "kubectl run has no generators since 1.18: it makes a pod. For another kind, use kubectl create.",
    by: "",
  },
  {
    flag: "--generator",
    verbs: ["expose", "create", "autoscale"],
    message: "kubectl has no generators any more. Leave it out.",
    by: "",
  },
  {
    flag: "--replicas",
    verbs: ["run"],
    message: "kubectl run makes a single pod since 1.18. Use kubectl create deployment NAME --image=… --replicas=….",
  },
  {
    flag: "--schedule",
    verbs: ["run"],
    message: "kubectl run makes a single pod since 1.18. Use kubectl create cronjob NAME --image=… --schedule=….",
  },
  ...["--limits", "--requests", "--serviceaccount", "--hostport"].map((flag) => ({
    flag,
    verbs: ["run"],
    message: `kubectl run has no ${flag} since 1.24. Say it in --overrides, or apply a manifest.`,
  })),
  {
    flag: "--delete-local-data",
    verbs: ["drain"],
    message:
      "kubectl drain calls --delete-local-data --delete-emptydir-data since 1.20, and no longer knows the old name.",
    by: "--delete-emptydir-data",
  },
  {
    flag: "--prune-whitelist",
    verbs: ["apply"],
    message: "kubectl apply calls --prune-whitelist --prune-allowlist since 1.26, and no longer knows the old name.",
    by: "--prune-allowlist",
  },
  ...(
    [
      [/^true$/, "client"],
      [/^false$/, "none"],
    ] as const
  ).map(([value, word]) => ({
    flag: "--dry-run",
    value,
    message: `--dry-run with true or false is deprecated since kubectl 1.18. Write --dry-run=${word}.`,
    by: `--dry-run=${word}`,
  })),
  {
    flag: "--dry-run",
    value: /^$/,
    message: "--dry-run without a value is deprecated since kubectl 1.18. Write --dry-run=client.",
    by: "--dry-run=client",
  },
  ...(
    [
      [/^true$/, "background"],
      [/^false$/, "orphan"],
    ] as const
  ).map(([value, word]) => ({
    flag: "--cascade",
    verbs: ["delete"],
    value,
    message: `--cascade with true or false is deprecated since kubectl 1.20. Write --cascade=${word}.`,
    by: `--cascade=${word}`,
  })),
  {
    flag: "--cpu-percent",
    verbs: ["autoscale"],
    message: "--cpu-percent is deprecated since kubectl 1.34, which has --cpu instead: --cpu=70% for 70 percent.",
  },
];

const byFlag = Map.groupBy(rows, ({ flag }) => flag);

/** Flags of a call that are deprecated or gone. */
export function deprecatedFlags(linted: LintedBlock, { call, said }: KubectlUse): Deprecation[] {
  if (call.program !== "kubectl") return [];
  return said.options.flatMap((option) => {
    const row = byFlag.get(option.name)?.find((one) => fits(one, said.verb[0] ?? "", option));
    if (!row) return [];
    const { word } = option;
    const whole = row.value !== undefined || row.by === "";
    const written = word.text === option.name || word.text.startsWith(`${option.name}=`);
    // A value of its own word, or several short flags in one, are a person's to take apart.
    if (row.by === undefined || !written) return [atWord(linted, word, row.message)];
    return [atWord(linted, word, row.message, whole ? row.by : `${row.by}${word.text.slice(option.name.length)}`)];
  });
}

function fits({ verbs, value }: FlagRow, verb: string, option: Option): boolean {
  return (verbs?.includes(verb) ?? true) && (value?.test(option.value ?? "") ?? true);
}
