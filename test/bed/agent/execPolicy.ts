import { setTimeout as wait } from "node:timers/promises";
import { ApiError, type ClusterApi } from "./api.ts";

/** What may be run in the bed's pods. Exec runs on this machine, so nothing that could change it is among them. */
export const allowedPrograms = ["pg_isready", "psql", "hostname", "echo", "date", "sleep", "true", "false"] as const;

/**
 * The one script that bash may be given there, word for word: it can do nothing to this machine. With it a test sees a
 * block run in a pod.
 */
export const allowedScript = 'echo "in $HOSTNAME"; for i in 1 2 3; do echo "step $i"; done';

const name = "podbook-bed-exec";
const group = "/apis/admissionregistration.k8s.io/v1";
const deadlineMs = 15_000;
/** psql's own ways to start a program or to reach the files of this machine, as regular expressions of RE2. */
const psqlEscapes = String.raw`(?i)\\!|\bprogram\b|\\(o|g|gx|w|out|write|i|ir|include)\b|^-[oLf]|^--(output|log-file|file)`;

/** The admission policy: the API server itself refuses every other program, whatever its path. */
export function execPolicy(): unknown {
  const programs = JSON.stringify(allowedPrograms);
  const script = JSON.stringify(["bash", "-c", allowedScript]);
  const refused = `'The test bed runs only ${allowedPrograms.join(", ")} in its pods, not ' + object.command[0] + '.'`;
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
    metadata: { name },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: {
        resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CONNECT"], resources: ["pods/exec"] }],
      },
      validations: [
        {
          expression: `object.command[0] in ${programs} || object.command == ${script}`,
          messageExpression: refused,
          reason: "Forbidden",
        },
        {
          expression: `object.command[0] != 'psql' || !object.command.exists(word, word.matches(${JSON.stringify(psqlEscapes)}))`,
          message: "The test bed lets psql neither start programs nor use files of this machine.",
          reason: "Forbidden",
        },
      ],
    },
  };
}

/** Puts the policy in force and resolves when the API server is seen to enforce it. */
export async function enforceExecPolicy(api: ClusterApi, namespace: string): Promise<void> {
  const binding = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name },
    spec: { policyName: name, validationActions: ["Deny"] },
  };
  await api.apply(`${group}/validatingadmissionpolicies/${name}`, execPolicy());
  await api.apply(`${group}/validatingadmissionpolicybindings/${name}`, binding);
  const deadline = performance.now() + deadlineMs;
  // The server takes a moment to compile a policy, and nothing tells when it has; a pod that is not there shows it.
  while (!(await refuses(api, `/api/v1/namespaces/${namespace}/pods/policy-check/exec?command=forbidden`))) {
    if (performance.now() > deadline) throw new Error("The API server does not enforce the bed's exec policy.");
    await wait(100);
  }
}

async function refuses(api: ClusterApi, path: string): Promise<boolean> {
  try {
    await api.get(path);
    return false;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.status === 403;
  }
}
