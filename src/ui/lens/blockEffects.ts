import type { TextDocument } from "vscode";
import { describePlan } from "../../plan/preview.ts";
import type { Block } from "../../runbook/runbook.ts";
import type { RunPreparation } from "../runPreparation.ts";

/** Counts this old are shown again without asking the cluster, in ms. */
const keepMs = 10_000;

/** What a block changes. */
export interface BlockEffect {
  /** In the few words of a lens: `deletes 2 pods, scales api-gateway 2 → 3`. */
  readonly words: string;
  /** The whole plan as lines. */
  readonly plan: readonly string[];
}

const unknown: BlockEffect = { words: "", plan: [] };

/** What blocks change: counted from the cluster where that can be done without a question. */
export class BlockEffects {
  readonly #preparation: RunPreparation;
  readonly #known = new Map<string, { readonly at: number; readonly effect: Promise<BlockEffect> }>();

  constructor(preparation: RunPreparation) {
    this.#preparation = preparation;
  }

  /** Counted now or a moment ago; where the cluster cannot be asked, what the text alone tells. */
  effect(document: TextDocument, block: Block): Promise<BlockEffect> {
    const key = `${document.uri.toString()}#${block.id}`;
    const known = this.#known.get(key);
    if (known && performance.now() - known.at < keepMs) return known.effect;
    const effect = this.#count(document, block);
    this.#known.set(key, { at: performance.now(), effect });
    return effect;
  }

  async #count(document: TextDocument, block: Block): Promise<BlockEffect> {
    const looked = await this.#preparation.look(document, block);
    if (!looked) return unknown;
    const { plan, preview } = looked;
    const parts = plan.commands.flatMap((command, index) => {
      if (command.effect === "read") return [];
      const counted = (preview.impacts[index] ?? []).map(({ short }) => short).filter((short) => short !== "");
      return counted.length > 0 ? counted : command.reasons.slice(0, 1);
    });
    return { words: [...new Set(parts)].join(", "), plan: describePlan(plan, preview) };
  }
}
