import type { LintedBlock } from "../lintedBlock.ts";
import { manifestLines } from "../manifestLines.ts";
import type { Deprecation } from "./deprecation.ts";

/**
 * API versions that are no longer served: the release that dropped them, the version to write, and whether that takes
 * the same fields, so that replacing the name is all there is to do.
 */
const removed: Readonly<Record<string, readonly [since: string, by: string, same: boolean]>> = {
  "extensions/v1beta1": ["1.22, most of it 1.16", "apps/v1 or networking.k8s.io/v1", false],
  "apps/v1beta1": ["1.16", "apps/v1", true],
  "apps/v1beta2": ["1.16", "apps/v1", true],
  "rbac.authorization.k8s.io/v1alpha1": ["1.22", "rbac.authorization.k8s.io/v1", true],
  "rbac.authorization.k8s.io/v1beta1": ["1.22", "rbac.authorization.k8s.io/v1", true],
  "networking.k8s.io/v1beta1": ["1.22", "networking.k8s.io/v1", false],
  "admissionregistration.k8s.io/v1beta1": ["1.22", "admissionregistration.k8s.io/v1", false],
  "apiextensions.k8s.io/v1beta1": ["1.22", "apiextensions.k8s.io/v1", false],
  "apiregistration.k8s.io/v1beta1": ["1.22", "apiregistration.k8s.io/v1", true],
  "authentication.k8s.io/v1beta1": ["1.22", "authentication.k8s.io/v1", true],
  "authorization.k8s.io/v1beta1": ["1.22", "authorization.k8s.io/v1", false],
  "certificates.k8s.io/v1beta1": ["1.22", "certificates.k8s.io/v1", false],
  "coordination.k8s.io/v1beta1": ["1.22", "coordination.k8s.io/v1", true],
  "scheduling.k8s.io/v1beta1": ["1.22", "scheduling.k8s.io/v1", true],
  "batch/v1beta1": ["1.25", "batch/v1", true],
  "batch/v2alpha1": ["1.21", "batch/v1", true],
  "discovery.k8s.io/v1beta1": ["1.25", "discovery.k8s.io/v1", false],
  "events.k8s.io/v1beta1": ["1.25", "events.k8s.io/v1", false],
  "autoscaling/v2beta1": ["1.25", "autoscaling/v2", false],
  "autoscaling/v2beta2": ["1.26", "autoscaling/v2", true],
  "policy/v1beta1": ["1.25", "policy/v1", true],
  "node.k8s.io/v1beta1": ["1.25", "node.k8s.io/v1", true],
  "flowcontrol.apiserver.k8s.io/v1beta1": ["1.26", "flowcontrol.apiserver.k8s.io/v1", false],
  "flowcontrol.apiserver.k8s.io/v1beta2": ["1.29", "flowcontrol.apiserver.k8s.io/v1", false],
  "flowcontrol.apiserver.k8s.io/v1beta3": ["1.32", "flowcontrol.apiserver.k8s.io/v1", false],
};

const line = /^(\s{0,40}(?:-\s{1,9})?["']?apiVersion["']?:\s{0,9}["']?)([a-z0-9./]{1,80})/;

/** API versions in the manifests of here-documents that no server of today takes. */
export function removedApiVersions(linted: LintedBlock): Deprecation[] {
  return manifestLines(linted).flatMap(({ text, start: lineStart }) => {
    const [, before = "", version = ""] = line.exec(text) ?? [];
    const row = Object.hasOwn(removed, version) ? removed[version] : undefined;
    if (!row) return [];
    const [since, by, same] = row;
    const start = lineStart + before.length;
    const end = start + version.length;
    const message = `Kubernetes does not serve ${version} since ${since}. Write ${by}${same ? "" : ", whose fields differ"}.`;
    const fixes = same ? linted.fix(`Replace ${version} by ${by}`, [{ start, end, newText: by }]) : [];
    return [{ start, end, message, fixes }];
  });
}
