import { EventEmitter, type TextDocument } from "vscode";
import type { Plan } from "../../plan/plan.ts";
import { describeOne, describePlan, type Preview } from "../../plan/preview.ts";
import type { Block } from "../../runbook/runbook.ts";
import type { RunPreparation } from "../runPreparation.ts";

/** A count is taken anew when the block is looked at after this time, in ms. */
const keepMs = 10_000;
/** More blocks than are looked at within that time. */
const most = 500;

/** What a block does. */
export interface BlockEffect {
  /** What it changes, in the few words of a lens: `deletes 2 pods, scales api-gateway 2 → 3`. Empty where it only reads. */
  readonly words: string;
  /** The whole plan as lines. */
  readonly plan: readonly string[];
  /** The plan of each command as lines. */
  readonly commands: readonly (readonly string[])[];
}

interface Count {
  readonly startedAt: number;
  /** What the count before this one gave, until this one is done. */
  readonly effect: BlockEffect | undefined;
}

/**
 * What blocks change, counted from the cluster where that can be done without a question. Counting goes on in the
 * background: VS Code draws no lens of a line, and makes no click on it count, while one of them is waited for.
 */
export class BlockEffects {
  readonly #preparation: RunPreparation;
  readonly #onProblem: (error: unknown) => void;
  readonly #counts = new Map<string, Count>();
  readonly #changed = new EventEmitter<void>();
  /** A count has given something else than was known. */
  readonly onDidChange = this.#changed.event;

  constructor(preparation: RunPreparation, onProblem: (error: unknown) => void) {
    this.#preparation = preparation;
    this.#onProblem = onProblem;
  }

  /** What was counted last, undefined before the first count; has it counted anew where that is long ago. */
  effect(document: TextDocument, block: Block): BlockEffect | undefined {
    const key = `${document.uri.toString()}#${block.id}`;
    const count = this.#counts.get(key);
    if (count && performance.now() - count.startedAt < keepMs) return count.effect;
    if (this.#counts.size >= most) this.#counts.clear();
    const started: Count = { startedAt: performance.now(), effect: count?.effect };
    this.#counts.set(key, started);
    this.#count(document, block)
      .then((effect) => {
        if (this.#counts.get(key) !== started) return;
        this.#counts.set(key, { startedAt: performance.now(), effect });
        const [now, before] = [effect, started.effect].map((one) => JSON.stringify(one));
        if (now !== before) this.#changed.fire();
      })
      .catch(this.#onProblem);
    return started.effect;
  }

  /** Counts everything anew when it is next looked at, as when the settings have changed. */
  forget(): void {
    this.#counts.clear();
  }

  dispose(): void {
    this.forget();
    this.#changed.dispose();
  }

  async #count(document: TextDocument, block: Block): Promise<BlockEffect> {
    const looked = await this.#preparation.look(document, block);
    if (!looked) return { words: "", plan: [], commands: [] };
    const { plan, preview } = looked;
    return {
      words: effectWords(plan.commands, preview),
      plan: describePlan(plan, preview),
      commands: plan.commands.map((_, index) => describeOne(plan, preview, index)),
    };
  }
}

/** What commands change in the few words of a lens: as counted from the cluster, else as the text alone tells. */
export function effectWords(
  commands: readonly Pick<Plan["commands"][number], "effect" | "reasons">[],
  preview: Pick<Preview, "impacts">,
): string {
  const parts = commands.flatMap(({ effect, reasons }, index) => {
    if (effect === "read") return [];
    const counted = (preview.impacts[index] ?? []).map(({ short }) => short).filter((short) => short !== "");
    return counted.length > 0 ? counted : reasons.slice(0, 1);
  });
  return [...new Set(parts)].join(", ");
}
