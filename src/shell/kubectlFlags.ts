import type { OptionStyle } from "./options.ts";

/** Long flags of kubectl and oc that never take the next word. */
export const booleanFlags: ReadonlySet<string> = new Set(
  `all all-namespaces watch watch-only follow previous timestamps prefix ignore-errors all-containers all-pods force now
  ignore-not-found ignore-daemonsets delete-emptydir-data delete-local-data disable-eviction recursive server-side
  force-conflicts prune overwrite list local no-headers show-labels show-kind show-managed-fields show-events containers
  sum use-protocol-buffers stdin tty no-tty quiet rm attach expose command leave-stdin-open privileged minify flatten merge
  client short openapi-patch namespaced cached record save-config validate wait dry-run cascade output-watch-events
  insecure-skip-tls-verify match-server-version warnings-as-errors allow-missing-template-keys embed-certs help edit
  append-hash replace share-processes same-node no-preserve interactive allow-unmasked-secret-data show-capacity
  skip-headers alsologtostderr logtostderr one-output add-dir-header export set-raw-bytes keep-startup keep-labels
  windows-line-endings reverse no-color version install-crds remove-all preserve-labels as-root latest again cancel
  enforce-namespace enable-helm load-restrictor-none since-boot to-latest oneline all-labels unidling web
  insecure-policy show-server show-token show-context show-groups host-network one-container`
    .split(/\s+/)
    .map((name) => `--${name}`),
);

/** Long flags of kubectl and oc that take a value. */
export const valueFlags: ReadonlySet<string> = new Set(
  `namespace context cluster user kubeconfig server token username password as as-group as-uid as-user-extra
  certificate-authority client-certificate client-key tls-server-name request-timeout cache-dir profile profile-output v
  vmodule log-file log-dir log-backtrace-at stderrthreshold log-flush-frequency log-file-max-size
  output selector field-selector sort-by template label-columns chunk-size filename kustomize subresource container tail
  since since-time limit-bytes max-log-requests pod-running-timeout replicas current-replicas resource-version timeout
  grace-period type patch patch-file for to-revision revision field-manager image target custom profile-custom copy-to env
  set-image labels annotations annotation port overrides override-type restart image-pull-policy serviceaccount
  target-port protocol name external-ip load-balancer-ip cluster-ip session-affinity tcp node-port external-name
  from-literal from-file from-env-file docker-server docker-username docker-password docker-email cert key class rule
  default-backend min max cpu-percent cpu memory requests limits schedule from verb resource resource-name non-resource-url
  aggregation-rule role clusterrole group duration audience bound-object-kind bound-object-name hard scopes value
  description preemption-policy global-default min-available max-unavailable allowlist-file prune-allowlist
  prune-whitelist applyset raw-body address listen-address unix-socket accept-hosts accept-paths api-prefix reject-methods
  reject-paths www www-prefix pod-selector skip-wait-for-delete-timeout output-directory api-group api-version categories
  verbs types concurrency max-containers retries auth-provider auth-provider-arg exec-command exec-arg exec-env
  exec-api-version proxy-url to keys dest-dir source-dir node-name since-after image-stream rolebinding-name role-namespace
  lifecycle-hook node-selector base-url path role-name unit limit boot grep docker-registry config volume add-label source
  param param-file sub-path mount-path default-mode claim-name claim-size claim-mode secret-name configmap-name
  to-image to-namespace server-url registry-config shell one-dest`
    .split(/\s+/)
    .map((name) => `--${name}`),
);

/** `--raw` is a path, but for `kubectl config view --raw`, where it is a switch. */
const valueFlagsAndRaw: ReadonlySet<string> = new Set([...valueFlags, "--raw"]);

const followsLogs = new Set(["logs", "log"]);

/** How kubectl reads its options, which depends on the verb: `-f` follows logs, elsewhere it names a file. */
export function kubectlStyle(verb: string): OptionStyle {
  const raw = verb === "config" ? valueFlags : valueFlagsAndRaw;
  if (followsLogs.has(verb)) return { short: "nlcsov", long: raw };
  if (verb === "patch" || verb === "process") return { short: "nlcsovfkLp", long: raw };
  if (verb === "set" || verb === "run" || verb === "new-app") return { short: "nlcsovfkLe", long: raw };
  return { short: "nlcsovfkL", long: raw };
}
