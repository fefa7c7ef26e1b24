import { existsSync } from "node:fs";
import { join } from "node:path";
import { window } from "vscode";
import { ClusterError } from "../../cluster/clusterError.ts";
import type { Connection } from "../../cluster/connection.ts";
import type { Workload } from "../../cluster/workload.ts";
import { type ChaosExperiment, haltCommands } from "../../drill/chaosExperiment.ts";
import type { Target } from "../../plan/plan.ts";
import { PlanError } from "../../plan/planError.ts";
import { restartableKind, type WorkloadName } from "../../recovery/actions.ts";
import { chaosScript, emergencyStopScript, resourcesScript, volumesScript } from "../../recovery/clusterChecks.ts";
import { integrityScript, restartInOrderScript } from "../../recovery/databaseIntegrity.ts";
import { databaseScript, healthScript, serviceUrl } from "../../recovery/healthChecks.ts";
import { responseTimesScript } from "../../recovery/responseTimes.ts";
import { databaseDependents, type ServiceSetting } from "../../recovery/services.ts";
import { pickFolder, SamplePaths } from "../prompts/pickFolder.ts";
import type { ActionRunner } from "../recovery/actionRunner.ts";
import type { Choices, Known } from "../recovery/choices.ts";
import { serviceSettings } from "../settings.ts";
import type { CommandHandler } from "./command.ts";

const chaosFolder = "/path/to/chaos-engineering";
const requests = 50;
const patienceMs = 10_000;

/** Checks of the whole platform, which read, and what they lead to. */
export class CheckCommands {
  readonly #choices: Choices;
  readonly #actions: ActionRunner;
  readonly #paths = new SamplePaths();

  constructor(choices: Choices, actions: ActionRunner) {
    this.#choices = choices;
    this.#actions = actions;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.checkHealth": this.#with(this.#health),
      "podbook.checkDatabase": this.#with(this.#database),
      "podbook.checkDatabaseIntegrity": this.#with(this.#integrity),
      "podbook.restartDatabaseDependents": this.#with(this.#restartDependents),
      "podbook.checkResources": this.#with(({ target }) =>
        this.#actions.run(resourcesScript(target.namespace), target, "Check"),
      ),
      "podbook.checkVolumes": this.#with(({ target }) =>
        this.#actions.run(volumesScript(target.namespace), target, "Check"),
      ),
      "podbook.emergencyStop": this.#with(this.#emergencyStop),
      "podbook.runHealthCheck": this.#with(({ target }) =>
        this.#chaos("Health check", "experiments/health-check.sh", " post", target),
      ),
      "podbook.measureResponseTimes": this.#with(this.#measure),
    };
  }

  #with(action: (known: Known) => Promise<unknown>): CommandHandler {
    return async () => {
      const known = await this.#choices.known();
      if (known) await action(known);
    };
  }

  readonly #health = async ({ workloads, target }: Known) => {
    const services = configured().map((service) => ({ service, workload: workloadOf(service, workloads, target) }));
    await this.#actions.run(healthScript(services, target.namespace), target, "Check");
  };

  readonly #database = async (known: Known) => {
    await this.#actions.run(databaseScript(databases(known)), known.target, "Check");
  };

  readonly #integrity = async (known: Known) => {
    const found = databases(known);
    const name =
      found.length === 1
        ? found[0]?.name
        : await window.showQuickPick(
            found.map((one) => one.name),
            { title: "Check which database?" },
          );
    const database = found.find((one) => one.name === name);
    if (database) await this.#actions.run(integrityScript(database), known.target, "Check");
  };

  readonly #restartDependents = async ({ workloads, target }: Known) => {
    const dependents = required(databaseDependents(configured()), "No service depends on a database (dependsOn).");
    const script = restartInOrderScript(existing(dependents, workloads, target));
    await this.#actions.change(script, target, "Restart");
  };

  readonly #measure = async ({ target }: Known) => {
    const able = required(
      configured().filter(({ health }) => health !== ""),
      "No service has a health path to ask.",
    );
    const items = able.map((service) => ({
      label: service.name,
      description: serviceUrl(service, target.namespace),
      service,
    }));
    const title = `Measure the response times of which service? ${requests} requests, one after another`;
    const chosen = items.length === 1 ? items[0] : await window.showQuickPick(items, { title });
    if (!chosen) return;
    await this.#actions.run(responseTimesScript(chosen.label, chosen.description, requests), target, "Measure");
  };

  readonly #emergencyStop = async ({ target }: Known) => {
    const folder = await this.#chaosFolder("safety/emergency-stop.sh");
    if (folder === undefined) return;
    const connection = await this.#actions.connect(target);
    const halts = haltCommands(await listed(connection));
    await this.#actions.run(emergencyStopScript(folder, halts, target.namespace), target, "Emergency stop");
  };

  async #chaos(title: string, script: string, words: string, target: Target): Promise<void> {
    const folder = await this.#chaosFolder(script);
    if (folder === undefined) return;
    await this.#actions.run(chaosScript(title, folder, `./${script}${words}`, target.namespace), target, title);
  }

  /** The folder of the chaos scripts, which must hold this one; undefined where the person leaves the choice. */
  async #chaosFolder(script: string): Promise<string | undefined> {
    const folder = this.#paths.mapped(chaosFolder) ?? (await pickFolder(chaosFolder, this.#paths));
    if (folder === undefined || existsSync(join(folder, script))) return folder;
    throw new PlanError("missing-script", `There is no ${script} in ${folder}. Set podbook.paths to where it is.`);
  }
}

/** Null where they cannot be listed: an emergency stop goes on without. */
async function listed(connection: Connection): Promise<ChaosExperiment[] | null> {
  try {
    return await connection.chaosExperiments(AbortSignal.timeout(patienceMs));
  } catch (error) {
    if (error instanceof ClusterError) return null;
    throw error;
  }
}

/** The services of the setting; a mistake in it is said instead of left out. */
function configured(): readonly ServiceSetting[] {
  const { services, problems } = serviceSettings();
  if (problems.length > 0) throw new PlanError("not-configured", problems.join(" "));
  return required(services, "There are no services to act on.");
}

function databases({ workloads, target }: Known): WorkloadName[] {
  const found = required(
    configured().filter(({ database }) => database),
    "No service is marked as a database.",
  );
  return existing(found, workloads, target);
}

function required<T>(found: readonly T[], otherwise: string): readonly T[] {
  if (found.length === 0)
    throw new PlanError("not-configured", `${otherwise} Describe your services in podbook.services.`);
  return found;
}

/** Their workloads; one that the namespace does not have is said. */
function existing(services: readonly ServiceSetting[], workloads: readonly Workload[], target: Target): WorkloadName[] {
  return services.map((service) => {
    const workload = workloadOf(service, workloads, target);
    if (workload) return workload;
    throw new PlanError(
      "not-configured",
      `${target.namespace} has no workload ${service.name}. Correct podbook.services.`,
    );
  });
}

function workloadOf({ name }: ServiceSetting, workloads: readonly Workload[], target: Target): WorkloadName | null {
  const found = workloads.find((one) => one.name === name && restartableKind(one.kind) !== undefined);
  const kind = found && restartableKind(found.kind);
  return kind ? { kind, name, namespace: target.namespace } : null;
}
