import type { Word } from "../analysis.ts";
import { hasOption, optionValue, readOptions } from "../options.ts";
import { hole } from "../words.ts";
import { reads, type Verdict } from "./verdict.ts";

const readVerb =
  /^(list|list-.+|show|show-.+|describe|describe-.+|get|get-.+|read|search|search-.+|check-.+|exists|wait|version|info|print-.+|tail|query|test-iam-permissions)$/;
const destroyVerb = /^(delete|delete-.+|purge|remove|remove-.+|destroy)$/;
const changeVerb =
  /^(create|create-.+|update|update-.+|set|set-.+|add|add-.+|start|stop|restart|reset|resize|ssh|scp|login|logout|apply|deploy|run|invoke|enable|disable|attach|detach|move|copy|import|export|restore|failover|promote|patch|rollback|rotate|undelete|upgrade|scale|start-.+|stop-.+|invoke-.+|activate.*|revoke|configure-.+|download|upload|build|submit|connect|install|unset|register|unregister|get-credentials|call|execute|trigger|publish|ack|pull|push|suspend|resume|pause|cancel|drain|migrate|clone|decrypt|encrypt|sign|exec|send|write|replace|bind|unbind|grant|renew|swap|redeploy|reimage|assign|link|unlink|sync)$/;

/** What gcloud or az does: the first word of its path that is a verb tells. */
export function verbShaped(program: string, args: readonly Word[]): Verdict {
  const { options, operands } = readOptions(args, {
    short: program === "az" ? "gnols" : "q",
    long: new Set(
      "--project --zone --region --account --configuration --format --filter --name --resource-group --subscription --output --query --location --cluster --limit --sort-by".split(
        " ",
      ),
    ),
  });
  const written = optionValue(options, "--output-file", "--file");
  for (const { shape, text } of operands) {
    if (shape.includes(hole)) break;
    if (destroyVerb.test(shape)) return { effect: "destroy", reason: `${path(operands, text)} destroys something` };
    if (changeVerb.test(shape)) return { effect: "change", reason: `${path(operands, text)} changes something` };
    if (readVerb.test(shape)) {
      if (written !== null && program === "gcloud") return { effect: "change", reason: "writes a file" };
      return reads;
    }
  }
  if (hasOption(options, "--version", "--help")) return reads;
  return {
    effect: "change",
    reason: `cannot tell what ${[program, ...operands.map(({ text }) => text)].join(" ")} does`,
  };
}

function path(operands: readonly Word[], verb: string): string {
  const end = operands.findIndex(({ text }) => text === verb);
  return operands
    .slice(0, end + 1)
    .map(({ text }) => text)
    .join(" ");
}
