#!/usr/bin/env bash
# Checks the whole platform and prints a line for each check. Exits with 1 if one fails or could not be made.
#   ./health-check.sh pre    before an experiment: all is well, and drills are allowed here
#   ./health-check.sh post   after one, or after a recovery: all is well, and nothing of an experiment is left
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../lib/chaos.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/chaos.sh"

mode="${1:-}"
case "$mode" in
  pre | post) ;;
  *) fail "Say when this is: $0 pre, or $0 post." ;;
esac
command -v curl >/dev/null || fail "curl is not on PATH: install it to have the health URLs checked."
require_kubectl

checks=0
failures=0
pass() { checks=$((checks + 1)); say "PASS  $*"; }
miss() { checks=$((checks + 1)); failures=$((failures + 1)); say "FAIL  $*"; }

forward=""
answers=$(mktemp -d)
clean_up() {
  [ -z "$forward" ] || kill "$forward" 2>/dev/null || true
  rm -rf "$answers"
}
trap clean_up EXIT

# check_pods WORKLOAD
check_pods() {
  local counts ready wanted
  counts=$(in_namespace get "$1" -o 'jsonpath={.status.readyReplicas}/{.spec.replicas}' 2>&1) || {
    miss "pods       $1: ${counts##*$'\n'}"
    return
  }
  ready="${counts%/*}"
  wanted="${counts#*/}"
  if [ "${ready:-0}" -eq "$wanted" ] && [ "$wanted" -gt 0 ]; then
    pass "pods       $1: $wanted of $wanted ready"
  else
    miss "pods       $1: ${ready:-0} of $wanted ready"
  fi
}

# check_endpoints SERVICE
check_endpoints() {
  local ready
  ready=$(in_namespace get endpointslices -l "kubernetes.io/service-name=$1" \
    -o 'jsonpath={range .items[*].endpoints[*]}{.conditions.ready}{"\n"}{end}' | grep -c true) || ready=0
  if [ "$ready" -gt 0 ]; then pass "endpoints  $1: $ready ready"; else miss "endpoints  $1: none is ready"; fi
}

# check_health SERVICE PORT
check_health() {
  local address="" status waited=0
  in_namespace port-forward --address 127.0.0.1 --pod-running-timeout=3s "service/$1" ":$2" >"$answers/forward" 2>&1 &
  forward=$!
  # kubectl says on which free port it listens; nothing else tells.
  while [ -z "$address" ] && kill -0 "$forward" 2>/dev/null && [ "$waited" -lt 100 ]; do
    sleep 0.1
    waited=$((waited + 1))
    address=$(sed -n 's/^Forwarding from \(127\.0\.0\.1:[0-9]*\) .*/\1/p' "$answers/forward")
  done
  if [ -z "$address" ]; then
    miss "health     $1: cannot be reached. $(tail -n 1 "$answers/forward")"
  else
    status=$(curl -s -o "$answers/body" -m 10 -w '%{http_code}' "http://$address/health") || true
    if [ "$status" = 200 ]; then
      pass "health     $1: 200"
    elif [ "$status" = 000 ]; then
      miss "health     $1: no answer"
    else
      miss "health     $1: $status $(head -c 300 "$answers/body" | tr -d '\n')"
    fi
  fi
  kill "$forward" 2>/dev/null || true
  wait "$forward" 2>/dev/null || true
  forward=""
}

check_database() {
  local pod said
  pod=$(in_namespace get pods -l app=postgres -o 'jsonpath={.items[*].metadata.name}' | cut -d' ' -f1)
  if [ -z "$pod" ]; then
    miss "database   no pod has the label app=postgres"
  elif said=$(in_namespace exec "$pod" -- pg_isready 2>&1); then
    pass "database   $pod: ${said##* - }"
  else
    miss "database   $pod: ${said%%$'\n'*}"
  fi
}

check_drills() {
  if (require_drills_allowed) 2>/dev/null; then
    pass "drills     allowed in $NAMESPACE"
  else
    miss "drills     not allowed in $NAMESPACE: label it $DRILLS_LABEL=allowed first"
  fi
}

check_no_experiment() {
  local left
  if ! left=$(in_namespace get configmaps -l "$CHAOS_LABEL" -o 'jsonpath={.items[*].metadata.name}'); then
    miss "chaos      the experiments could not be listed"
  elif [ -n "$left" ]; then
    miss "chaos      still running: $left"
  else
    pass "chaos      no experiment is running"
  fi
}

say "Health check ($mode) of $NAMESPACE in $(kubectl config current-context)"
for workload in deployment/api-gateway deployment/auth-service deployment/platform-services statefulset/postgres; do
  check_pods "$workload"
done
for service in api-gateway auth-service platform-services postgres; do check_endpoints "$service"; done
check_health api-gateway 8080
check_health auth-service 8081
check_health platform-services 8000
check_database
[ "$mode" = post ] || check_drills
check_no_experiment

say "$checks checks, $failures failed"
[ "$failures" -eq 0 ]
