#!/usr/bin/env bash
# Keeps deleting a random pod of one workload, in the background, until its time is up, it is stopped by
# safety/emergency-stop.sh, or somebody deletes its record.
#   ./pod-kill.sh deployment/api-gateway            a pod every 20 seconds for 5 minutes
#   ./pod-kill.sh deployment/api-gateway 5 60       a pod every 5 seconds for 1 minute
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../lib/chaos.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/chaos.sh"

# The names of the workload's pods, one on a line.
pods_of() {
  local selector
  # shellcheck disable=SC2016 # The dollars are the template's.
  selector=$(in_namespace get "$1" -o 'go-template={{range $k, $v := .spec.selector.matchLabels}}{{$k}}={{$v}},{{end}}')
  in_namespace get pods -l "${selector%,}" -o 'go-template={{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}}{{"\n"}}{{end}}{{end}}'
}

# keep_killing ID WORKLOAD INTERVAL DURATION: the background part, until its time is up or the record is gone.
keep_killing() {
  local pod end=$((SECONDS + $4))
  while [ "$SECONDS" -lt "$end" ] && in_namespace get configmap "$1" -o name >/dev/null 2>&1; do
    pod=$(pods_of "$2" | awk 'BEGIN { srand() } { line[NR] = $0 } END { if (NR) print line[int(rand() * NR) + 1] }')
    if [ -n "$pod" ]; then
      say "$(date -u +%H:%M:%S) deleting pod $pod"
      in_namespace delete pod "$pod" --wait=false >/dev/null || say "pod $pod was gone already"
    fi
    sleep "$3"
  done
  in_namespace delete configmap "$1" --ignore-not-found >/dev/null
  rm -f "$(pid_folder)/$1.pid"
}

if [ "${1:-}" = --keep-killing ]; then
  shift
  keep_killing "$@"
  exit 0
fi

workload="${1:-}"
interval="${2:-20}"
duration="${3:-300}"
[ -n "$workload" ] || fail "Name the workload whose pods shall die, for example: $0 deployment/api-gateway"
require_kubectl
require_drills_allowed
[ -n "$(pods_of "$workload")" ] || fail "$workload has no pods in $NAMESPACE."

id="chaos-pod-kill-$(date +%s)-$$"
folder=$(pid_folder)
(umask 077 && mkdir -p "$folder")
record_experiment "$id" pod-kill "$workload"
# Detached with all its streams, or whoever started it would wait for its end; a process group of its own, so that
# emergency-stop.sh ends what it runs too.
set -m
NAMESPACE="$NAMESPACE" nohup "${BASH_SOURCE[0]}" --keep-killing "$id" "$workload" "$interval" "$duration" \
  </dev/null >"$folder/$id.log" 2>&1 &
echo $! >"$folder/$id.pid"
say "Experiment $id: a pod of $workload in $NAMESPACE dies every $interval s for $duration s (process $!)."
say "Its log is $folder/$id.log. Stop it with safety/emergency-stop.sh."
