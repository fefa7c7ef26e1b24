const services = [
  "api-gateway",
  "auth-service",
  "platform-services",
  "search",
  "billing",
  "mailer",
  "scheduler",
  "postgres",
];

/**
 * A runbook of about `lines` lines as people write them: scenarios with their fields, shell blocks in and out of lists,
 * prose with links, tables, metrics. No two of its sections are alike.
 */
export function runbookText(lines: number): string {
  const text = [
    "# Service failures",
    "",
    "What to do when a service of the platform fails. See [the map](map.md).",
    "",
  ];
  for (let number = 1; text.length < lines; number++) {
    const service = `${services[number % services.length]}-${number}`;
    text.push(...scenario(number, service));
    if (number % 8 === 0) text.push(...reference(number, service));
  }
  return `${text.slice(0, lines - 1).join("\n")}\n`;
}

function scenario(number: number, service: string): string[] {
  return [
    `## ${number}. ${service} fails`,
    "",
    `**Scenario**: all pods of \`${service}\` are killed, or none becomes ready`,
    `**Impact**: requests to *${service}* are answered with 503 until one is`,
    `**Expected Recovery Time**: ${20 + (number % 40)}-${90 + (number % 60)} seconds`,
    "",
    "### Detection",
    "",
    "```bash",
    "# Are there pods, and are they ready?",
    `kubectl get pods -n platform -l app=${service}`,
    "",
    `kubectl get endpointslices -n platform -l kubernetes.io/service-name=${service}`,
    `curl -f http://${service}.platform.svc.cluster.local:8080/health`,
    "```",
    "",
    "### What happens by itself",
    "",
    "- The Deployment starts new pods; the **load balancer** leaves out those that are not ready",
    `- Callers of ${service} retry, see [timeouts and retries](network.md#retries-${number}) and the`,
    "  notes on circuit breakers",
    "- Alerts are sent to `#platform-alerts`",
    "",
    "### Recovery",
    "",
    "1. **Look at the cause**",
    "   ```bash",
    `   kubectl describe pod -n platform -l app=${service}`,
    `   kubectl logs -n platform -l app=${service} --tail=100 --previous`,
    "   ```",
    "",
    "2. **Restart**, when nothing else helps",
    "   ```bash",
    `   kubectl rollout restart deployment/${service} -n platform`,
    `   kubectl rollout status deployment/${service} -n platform --timeout=120s`,
    "   ```",
    "",
    `Should it not come back within ten minutes, go on with [section ${number + 1}](#${number + 1}) and call the`,
    "people named below. Do *not* delete the `PersistentVolumeClaim`: its data would be lost.",
    "",
  ];
}

function reference(number: number, service: string): string[] {
  return [
    `## Metrics of ${service}`,
    "",
    `- Restarts: \`kube_pod_container_status_restarts_total{pod=~"${service}-.*"}\``,
    `- Error rate: \`rate(http_requests_total{service="${service}",status=~"5.."}[5m])\``,
    "",
    "| Setting | Value | Meaning |",
    "|---------|-------|---------|",
    `| \`replicas\` | ${1 + (number % 5)} | pods wanted |`,
    "| `timeout` | 30s | of a request |",
    "",
    "> Note: the values above are those of production.",
    "> Elsewhere they are half of it.",
    "",
    `More in the [handbook][handbook-${number}].`,
    "",
    `[handbook-${number}]: https://handbook.example/services/${service} "Handbook"`,
    "",
  ];
}
