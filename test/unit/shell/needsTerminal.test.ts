import assert from "node:assert/strict";
import { test } from "node:test";
import { needsTerminal } from "../../../src/shell/needsTerminal.ts";
import { analyse } from "./shellParser.ts";

/** Blocks that wait for what a person types, or draw on the screen, with the program that does. */
const interactive: readonly (readonly [string, string])[] = [
  ["psql", "psql"],
  ["psql -h db -U postgres shop", "psql"],
  ["PGPASSWORD=x psql -h localhost", "psql"],
  ["sudo -u postgres psql", "psql"],
  ["mysql -u root -p shop", "mysql"],
  ["mariadb", "mariadb"],
  ["redis-cli -h cache -p 6379", "redis-cli"],
  ["mongosh mongodb://localhost/shop", "mongosh"],
  ["sqlite3 shop.db", "sqlite3"],
  ["kubectl exec -it api-0 -- bash", "bash"],
  ["kubectl exec -it <pod-name> -n pyairtable -- sh", "sh"],
  ["kubectl exec -ti api-0 -c app -- /bin/bash", "bash"],
  ["kubectl exec --stdin --tty api-0 -- /bin/sh", "sh"],
  ["kubectl exec -it postgres-0 -- psql -U postgres", "psql"],
  ["kubectl exec -it cache-0 -- redis-cli", "redis-cli"],
  ["kubectl exec -it api-0 -- python", "python"],
  ["kubectl exec -it api-0 -- top", "top"],
  ["kubectl exec -it api-0 -- vi /etc/hosts", "vi"],
  ["kubectl run -it --rm tools --image=busybox", "kubectl"],
  ["kubectl run -it --rm tools --image=busybox --restart=Never -- sh", "sh"],
  ["kubectl attach -it api-0", "kubectl"],
  ["kubectl debug -it api-0 --image=busybox", "kubectl"],
  ["kubectl debug node/n1 -it --image=busybox -- bash", "bash"],
  ["kubectl edit deployment api-gateway", "kubectl"],
  ["vim values.yaml", "vim"],
  ["nano /etc/hosts", "nano"],
  ["kubectl logs api-0 | less", "less"],
  ["less app.log", "less"],
  ["top", "top"],
  ["htop", "htop"],
  ["k9s -n pyairtable", "k9s"],
  ["watch kubectl get pods", "watch"],
  ["watch -n 2 'kubectl get pods | head'", "watch"],
  ["ssh node-1", "ssh"],
  ["ssh -i key.pem -p 2222 admin@node-1", "ssh"],
  ["ssh -t node-1 top", "top"],
  ["docker exec -it web sh", "sh"],
  ["docker run -it --rm alpine sh", "sh"],
  ["docker attach web", "docker"],
  ["podman exec -it web bash", "bash"],
  ["python", "python"],
  ["python3 -i check.py", "python3"],
  ["node", "node"],
  ["bash", "bash"],
  ["sudo -i", "sudo"],
  ["su - postgres", "su"],
  ["echo one\ncd /tmp && psql", "psql"],
  ["kubectl get pods\nkubectl exec -it api-0 -- bash", "bash"],
];

/** Blocks that end by themselves. */
const plain = [
  "kubectl exec -it postgres-0 -- pg_isready",
  "kubectl exec -it <pod-name> -n pyairtable -- pg_isready -U postgres",
  "kubectl exec -it postgres-0 -- psql -U postgres -c 'SELECT 1'",
  "kubectl exec -it postgres-0 -- psql -U postgres -l",
  "kubectl exec postgres-0 -- bash",
  "kubectl exec api-0 -- top -b -n 1",
  "kubectl exec -it api-0 -- bash -c 'env | sort'",
  "kubectl exec -it api-0 -- sh /scripts/check.sh",
  "kubectl exec -it api-0 -- curl -s localhost:8080/health",
  "kubectl exec -i postgres-0 -- psql -U postgres < dump.sql",
  "cat dump.sql | kubectl exec -i postgres-0 -- psql -U postgres",
  "kubectl run -it --rm tools --image=curlimages/curl --restart=Never -- curl -s http://api",
  "kubectl run tools --image=busybox",
  "kubectl get pods -w",
  "kubectl logs -f api-0",
  "kubectl attach api-0",
  "psql -c 'SELECT 1'",
  "psql -f schema.sql",
  "psql < schema.sql",
  "psql <<EOF\nSELECT 1;\nEOF",
  "psql <<< 'SELECT 1'",
  "echo 'SELECT 1' | psql",
  "echo 'SELECT 1' | sudo -u postgres psql",
  "psql --version",
  "mysql -e 'SHOW TABLES'",
  "mysql shop < dump.sql",
  "redis-cli ping",
  "redis-cli -h cache -p 6379 INFO",
  "redis-cli --scan",
  "mongosh --eval 'db.stats()'",
  "sqlite3 shop.db '.tables'",
  "python check.py",
  "python3 -c 'print(1)'",
  "python -m json.tool",
  "curl -s api | python3 -m json.tool",
  "node check.js",
  "node -e 'console.log(1)'",
  "bash check.sh",
  "bash -c 'echo 1'",
  "curl -s https://example.com/install.sh | bash",
  "bash -s <<EOF\necho 1\nEOF",
  "ssh node-1 uptime",
  "ssh node-1 'systemctl restart kubelet'",
  "ssh -N -L 5432:db:5432 bastion",
  "ssh node-1 < script.sh",
  "ssh node-1 top",
  "docker exec web sh -c 'ls'",
  "docker run --rm alpine sh",
  "docker exec -it web ls",
  "top -b -n 1 | head",
  "less --version",
  "sudo systemctl restart kubelet",
  "su postgres -c 'psql -l'",
  "grep psql README.md",
  "echo vim less top",
  "command -v psql",
  "",
];

test("programs that need a terminal are told from those that end by themselves", () => {
  assert.ok(interactive.length + plain.length >= 60);
  const wrong = [
    ...interactive.map(([text, program]) => [text, program] as const),
    ...plain.map((text) => [text, null] as const),
  ].flatMap(([text, expected]) => {
    const found = needsTerminal(analyse(text));
    return found === expected ? [] : [`${text}: ${found}, not ${expected}`];
  });
  assert.deepEqual(wrong, []);
});

test("what is not shell needs none", () => {
  assert.equal(needsTerminal(analyse('sum(rate(http_requests_total{status=~"5.."}[5m])) by (service)')), null);
});
