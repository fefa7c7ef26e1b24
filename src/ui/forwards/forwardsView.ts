import { type Disposable, ThemeIcon, type TreeDataProvider, TreeItem, window } from "vscode";
import { describeTarget } from "../../plan/plan.ts";
import type { Forwards, OpenForward } from "./forwards.ts";

/** The Forwards view: each forwarded service with the address it is reached at. */
export class ForwardsView implements TreeDataProvider<OpenForward> {
  readonly onDidChangeTreeData;
  readonly #forwards: Forwards;
  readonly #view: Disposable;

  constructor(forwards: Forwards) {
    this.#forwards = forwards;
    this.onDidChangeTreeData = forwards.onDidChange;
    this.#view = window.createTreeView("podbook.forwards", { treeDataProvider: this });
  }

  getChildren(open?: OpenForward): OpenForward[] {
    return open ? [] : [...this.#forwards.all];
  }

  getTreeItem({ id, target, forward }: OpenForward): TreeItem {
    const { service, port } = forward.service;
    const { address, connections, problem } = forward;
    const count = connections === 0 ? "" : ` · ${connections} ${connections === 1 ? "connection" : "connections"}`;
    const row = new TreeItem(`${service}:${port}`);
    row.id = `forward/${id}`;
    row.description = `${address}${problem === null ? count : " · last connection failed"}`;
    row.iconPath = new ThemeIcon(problem === null ? "plug" : "warning");
    row.contextValue = "forward";
    row.tooltip = [
      `${service}:${port} of ${describeTarget(target)}`,
      `at ${address}`,
      ...(problem ? [problem] : []),
    ].join("\n");
    row.accessibilityInformation = { label: `${service} port ${port}: ${row.description}` };
    return row;
  }

  dispose(): void {
    this.#view.dispose();
  }
}
