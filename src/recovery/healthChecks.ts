import { quoteWord } from "../shell/quote.ts";
import { type ActionScript, type WorkloadName, workloadWords } from "./actions.ts";
import type { ServiceSetting } from "./services.ts";
import { lines } from "./verdict.ts";

/** A service with the workload of its name; null where the namespace has none. */
export interface CheckedService {
  readonly service: ServiceSetting;
  readonly workload: WorkloadName | null;
}

/**
 * One line for each check of each service, `PASS` or `FAIL`; the exit code is 1 where one fails. The checks are one group, so
 * that their lines stand together in the output.
 */
export function healthScript(services: readonly CheckedService[], namespace: string): ActionScript {
  const checks = services.flatMap((one) => serviceChecks(one, namespace));
  return {
    title: `Check health of ${namespace}`,
    script: lines("failed=0", "{", ...checks.map((one) => `  ${one}`), "}", "exit $failed"),
  };
}

function serviceChecks({ service, workload }: CheckedService, namespace: string): string[] {
  const { name, health, database } = service;
  const within = `-n ${quoteWord(namespace)}`;
  const slices = `kubectl get endpointslices ${within} -l ${quoteWord(`kubernetes.io/service-name=${name}`)}`;
  return [
    check(
      `kubectl get ${quoteWord(`service/${name}`)} ${within} > /dev/null`,
      `service    ${name}`,
      `there is no such service in ${namespace}`,
    ),
    workload
      ? check(
          `kubectl rollout status ${workloadWords(workload)} --timeout=2s > /dev/null`,
          `pods       ${name}`,
          "not all are ready",
        )
      : fail(`pods       ${name}`, `no Deployment, StatefulSet or DaemonSet of that name in ${namespace}`),
    check(`${slices} -o jsonpath='{..conditions.ready}' | grep -q true`, `endpoints  ${name}`, "none is ready"),
    ...(database && workload
      ? [check(`${ready(workload)} > /dev/null`, `database   ${name}`, "takes no connections")]
      : []),
    ...(health === ""
      ? []
      : [
          check(
            `curl -fsS --max-time 5 -o /dev/null ${quoteWord(serviceUrl(service, namespace))}`,
            `health     ${name}`,
            `${health} does not answer with success`,
          ),
        ]),
  ];
}

/** `pg_isready` in the pod of every database. */
export function databaseScript(databases: readonly WorkloadName[]): ActionScript {
  const checks = databases.map((one) => `${ready(one)} || failed=1`);
  return { title: "Check database", script: lines("failed=0", ...checks, "exit $failed") };
}

/** The address of a service's health path; in a run, Podbook's gateway leads there. */
export function serviceUrl({ name, port, health }: ServiceSetting, namespace: string): string {
  return `http://${name}.${namespace}.svc.cluster.local:${port}${health}`;
}

function ready(database: WorkloadName): string {
  return `kubectl exec ${workloadWords(database)} -- pg_isready -U postgres`;
}

function check(command: string, what: string, otherwise: string): string {
  return `if ${command}; then echo ${quoteWord(`PASS  ${what}`)}; else ${fail(what, otherwise)}; fi`;
}

function fail(what: string, why: string): string {
  return `echo ${quoteWord(`FAIL  ${what}: ${why}`)}; failed=1`;
}
