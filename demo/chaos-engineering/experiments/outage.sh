#!/usr/bin/env bash
# Takes one workload down: scales it to zero and notes on it how many replicas it had, so that
# safety/emergency-stop.sh can bring it back.
#   ./outage.sh deployment/auth-service
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../lib/chaos.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/chaos.sh"

workload="${1:-}"
[ -n "$workload" ] || fail "Name the workload to take down, for example: $0 deployment/auth-service"
require_kubectl
require_drills_allowed

replicas=$(in_namespace get "$workload" -o 'jsonpath={.spec.replicas}')
[ "$replicas" -gt 0 ] || fail "$workload is scaled to zero already."
id="chaos-outage-$(date +%s)-$$"
record_experiment "$id" outage "$workload"
in_namespace annotate "$workload" "$REPLICAS_ANNOTATION=$replicas" --overwrite >/dev/null
in_namespace scale "$workload" --replicas=0 >/dev/null
say "Experiment $id: $workload in $NAMESPACE is down; it had $replicas replicas. End it with safety/emergency-stop.sh."
