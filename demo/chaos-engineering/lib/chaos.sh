# shellcheck shell=bash
# What the chaos scripts share. Sourced, never run. They act on the current context of the kubeconfig and on one
# namespace only: NAMESPACE, or pyairtable.

NAMESPACE="${NAMESPACE:-pyairtable}"
# On every object an experiment makes. An experiment ends itself when its own record, a ConfigMap, is gone.
CHAOS_LABEL="podbook.dev/chaos=experiment"
# On a workload an experiment scaled down: how many replicas it had.
# shellcheck disable=SC2034 # Used by the scripts.
REPLICAS_ANNOTATION="podbook.dev/chaos-replicas"
DRILLS_LABEL="podbook.dev/drills"

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# kubectl in the namespace, with an end: a cluster that does not answer must not hold up an emergency.
in_namespace() { kubectl --request-timeout=15s -n "$NAMESPACE" "$@"; }

require_kubectl() {
  command -v kubectl >/dev/null || fail "kubectl is not on PATH: install it, or add its folder to PATH."
  in_namespace get namespace "$NAMESPACE" -o name >/dev/null ||
    fail "The namespace $NAMESPACE cannot be read: check the current context with kubectl config current-context."
}

# Experiments run only where somebody has allowed them beforehand.
require_drills_allowed() {
  local allowed
  allowed=$(in_namespace get namespace "$NAMESPACE" -o "jsonpath={.metadata.labels['podbook\.dev/drills']}")
  [ "$allowed" = allowed ] ||
    fail "Drills are not allowed in $NAMESPACE: kubectl label namespace $NAMESPACE $DRILLS_LABEL=allowed permits them."
}

# Where the process ids of this machine's experiments on this cluster and namespace are.
pid_folder() {
  local server
  server=$(kubectl config view --minify -o 'jsonpath={.clusters[0].cluster.server}')
  printf '%s/podbook-chaos-%s/%s-%s' "${TMPDIR:-/tmp}" "$(id -u)" "$(printf '%s' "$server" | cksum | cut -d' ' -f1)" "$NAMESPACE"
}

# record_experiment ID KIND WORKLOAD: makes the record that the experiment runs under.
record_experiment() {
  in_namespace create -f - >/dev/null <<EOM
{"apiVersion": "v1", "kind": "ConfigMap",
 "metadata": {"name": "$1", "labels": {"${CHAOS_LABEL%=*}": "${CHAOS_LABEL#*=}"}},
 "data": {"kind": "$2", "workload": "$3", "host": "$(hostname)", "startedAt": "$(date -u +%Y-%m-%dT%H:%M:%SZ)"}}
EOM
}

# is_experiment PID ID: whether that process is still the experiment its pid file was written for.
is_experiment() {
  # Small machines have no ps, others no /proc.
  if [ -d /proc/self ]; then
    tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -qF -- "$2"
  else
    ps -o args= -p "$1" | grep -qF -- "$2"
  fi
}
