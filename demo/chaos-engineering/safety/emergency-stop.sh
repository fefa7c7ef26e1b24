#!/usr/bin/env bash
# Ends every chaos experiment in the namespace: its processes on this machine, everything in the cluster that carries the
# chaos label, and restores what was scaled down. Safe to run at any time, and again. Exits with 0 when nothing of an
# experiment is left, with 1 when something could not be ended.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../lib/chaos.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/chaos.sh"

ended=0
troubles=0
trouble() { say "FAILED   $*"; troubles=$((troubles + 1)); }
done_with() { say "$*"; ended=$((ended + 1)); }

require_kubectl
say "Emergency stop in $NAMESPACE ($(kubectl config current-context))"

# Processes first, or they would go on while their traces are removed.
for file in "$(pid_folder)"/*.pid; do
  [ -e "$file" ] || continue
  id=$(basename "$file" .pid)
  pid=$(cat "$file")
  if is_experiment "$pid" "$id"; then
    kill -TERM -- "-$pid" 2>/dev/null || true
    for _ in 1 2 3 4 5 6 7 8 9 10; do
      is_experiment "$pid" "$id" || break
      sleep 0.2
    done
    ! is_experiment "$pid" "$id" || kill -KILL -- "-$pid" 2>/dev/null || true
    sleep 0.1
    if is_experiment "$pid" "$id"; then
      trouble "process $pid of $id does not end"
      continue
    fi
    done_with "stopped  process $pid of $id"
  fi
  rm -f "$file"
done

# An experiment that runs on another machine ends itself when its record is gone.
kinds=configmaps,secrets,pods,jobs,cronjobs,deployments,statefulsets,daemonsets,services,networkpolicies
if objects=$(in_namespace get "$kinds" -l "$CHAOS_LABEL" -o name); then
  for object in $objects; do
    if in_namespace delete "$object" --ignore-not-found --wait=false >/dev/null; then
      done_with "deleted  $object"
    else
      trouble "$object could not be deleted"
    fi
  done
else
  trouble "the objects labelled $CHAOS_LABEL could not be listed"
fi

# shellcheck disable=SC2016 # The dollars are the template's.
template='{{range .items}}{{$kind := .kind}}{{$name := .metadata.name}}{{range $key, $value := .metadata.annotations}}'
template+="{{if eq \$key \"$REPLICAS_ANNOTATION\"}}"
# shellcheck disable=SC2016
template+='{{$kind}}/{{$name}} {{$value}}{{"\n"}}{{end}}{{end}}{{end}}'
if scaled=$(in_namespace get deployments,statefulsets -o "go-template=$template"); then
  while read -r workload replicas; do
    [ -n "$workload" ] || continue
    # The note is removed last: should this be interrupted, the next run still knows what to restore.
    if in_namespace scale "$workload" --replicas="$replicas" >/dev/null &&
      in_namespace annotate "$workload" "$REPLICAS_ANNOTATION-" >/dev/null; then
      done_with "restored $workload to $replicas replicas"
    else
      trouble "$workload could not be scaled back to $replicas"
    fi
  done <<<"$scaled"
else
  trouble "the workloads that were scaled down could not be listed"
fi

if [ "$troubles" -gt 0 ]; then
  say "$troubles steps failed: experiments may still be running. Run this again, or end them by hand."
  exit 1
fi
if [ "$ended" -eq 0 ]; then
  say "No experiment is running in $NAMESPACE."
else
  say "Every experiment in $NAMESPACE has ended. Check the platform with experiments/health-check.sh post."
fi
