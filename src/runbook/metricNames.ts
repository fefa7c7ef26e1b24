import { parsePromql } from "./promqlExpression.ts";

const exporterPrefix =
  /^(?:kube|node|container|kubelet|apiserver|etcd|coredns|cadvisor|process|go|jvm|python|nodejs|dotnet|http|grpc|nginx|haproxy|traefik|envoy|istio|redis|pg|postgres|postgresql|mysql|mongodb|kafka|rabbitmq|elasticsearch|memcached|prometheus|alertmanager|workqueue|rest_client|probe|windows|cloudwatch|aws|gcp|azure|tomcat|hikaricp|sidekiq|celery|argocd|flux|cert_?manager|certmanager|external_dns|velero|vault|consul|minio|ceph|cilium|calico|felix)_[a-z0-9_]*[a-z0-9]$/;
/** PostgreSQL's own views, functions and programs, which its exporter's metrics are named after. */
const postgresOwn =
  /^pg_(?:stat_(?:activity|statements|replication|database|bgwriter|archiver|user_tables|user_indexes|all_tables)|statio_user_tables|locks|settings|database|tables|indexes|class|replication_slots|isready|dump|dumpall|restore|ctl|basebackup|rewind|upgrade|terminate_backend|cancel_backend|reload_conf|hba)$/;
const unitSuffix =
  /_(?:total|seconds|milliseconds|ms|bytes|count|sum|bucket|ratio|percent|percentage|info|created|celsius|volts|amperes|joules|grams|errors|requests|failures|connections|restarts|replicas|lag|depth|length|size_bytes|rate|latency|duration|usage|utilization|up|ready|timestamp)$/;
const settingPrefix = /^(?:max|min|enable|disable|use|allow|default|log)_/;
const settingSuffix =
  /_(?:interval|timeout|enabled|path|url|uri|file|dir|directory|config|port|host|hostname|key|name|names|user|username|password|token|secret|level|mode|format|version|limit|threshold|retries|size|policy|id|at|to|type|class|rules?)$/;

/** Whether a text written as code is a query: a metric's name, or an expression over metrics. */
export function looksLikePromql(code: string, amongMetrics: boolean, prominent: boolean): boolean {
  const promql = parsePromql(code);
  if (!promql || promql.metrics.length === 0) return promql?.matchers === true && amongMetrics;
  if (promql.range || promql.matchers) return true;
  if (promql.calls.length > 0) return promql.metrics.some(amongMetrics ? couldBeMetric : surelyMetric);
  if (!amongMetrics) return false;
  return promql.metrics.every((name) => surelyMetric(name) || (prominent && couldBeMetric(name)));
}

/** A name that says by its form that it is a metric: a known exporter's, or with a unit at its end. */
function surelyMetric(name: string): boolean {
  if (name === "up") return true;
  if (!/^[a-z_:][a-z0-9_:]*$/.test(name) || postgresOwn.test(name)) return false;
  return exporterPrefix.test(name) || (unitSuffix.test(name) && !settingPrefix.test(name));
}

/** A name that can be a metric's and does not have the form of a setting's: `queue_messages`, `job:errors:rate5m`. */
function couldBeMetric(name: string): boolean {
  if (surelyMetric(name)) return true;
  return (
    /^[a-z][a-z0-9]*(?:[_:][a-z0-9]+)+$/.test(name) &&
    ![settingPrefix, settingSuffix, postgresOwn].some((shape) => shape.test(name))
  );
}
