import { commands, window } from "vscode";
import { type Grouping, type Order, plainArrangement } from "../pods/podsArrangement.ts";
import type { PodsView } from "../pods/podsView.ts";
import type { CommandHandler } from "./command.ts";

const groupings: readonly { readonly label: string; readonly grouping: Grouping }[] = [
  { label: "By workload", grouping: "workload" },
  { label: "By node", grouping: "node" },
  { label: "Not at all", grouping: "none" },
];

const orders: readonly { readonly label: string; readonly order: Order }[] = [
  { label: "Worst first", order: "worst" },
  { label: "By name", order: "name" },
  { label: "Newest first", order: "newest" },
  { label: "Most restarts first", order: "restarts" },
];

/** How the Pods view shows its pods: filtered, grouped, sorted. */
export function arrangeHandlers(view: PodsView): Record<string, CommandHandler> {
  const onlyUnhealthy = async (unhealthyOnly: boolean) => {
    view.arrange({ unhealthyOnly });
    await commands.executeCommand("setContext", "podbook.unhealthyOnly", unhealthyOnly);
  };
  return {
    "podbook.filterPods": async () => {
      const text = await window.showInputBox({
        title: "Filter pods",
        prompt: "Part of the name of a workload or pod. Empty: all.",
        value: view.arrangement.text,
      });
      if (text !== undefined) view.arrange({ text: text.trim() });
    },
    "podbook.showUnhealthyPods": () => onlyUnhealthy(true),
    "podbook.showAllPods": async () => {
      view.arrange({ text: plainArrangement.text });
      await onlyUnhealthy(false);
    },
    "podbook.groupPods": async () => {
      const items = groupings.map((one) => ({ ...one, ...marked(one.grouping === view.arrangement.grouping) }));
      const chosen = await window.showQuickPick(items, { title: "Group pods" });
      if (chosen) view.arrange({ grouping: chosen.grouping });
    },
    "podbook.sortPods": async () => {
      const items = orders.map((one) => ({ ...one, ...marked(one.order === view.arrangement.order) }));
      const chosen = await window.showQuickPick(items, { title: "Sort pods" });
      if (chosen) view.arrange({ order: chosen.order });
    },
    "podbook.showMorePods": view.showMore,
  };
}

function marked(now: boolean): { readonly description?: string } {
  return now ? { description: "now" } : {};
}
