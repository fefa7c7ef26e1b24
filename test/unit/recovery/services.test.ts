import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { databaseDependents, readServices } from "../../../src/recovery/services.ts";

const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
const defaults = manifest.contributes.configuration.properties["podbook.services"].default;

test("the defaults describe the platform, and its dependents are in the order of their dependencies", () => {
  const { services, problems } = readServices(defaults);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    services.map(({ name, port, health }) => `${name} ${port} ${health}`),
    ["api-gateway 8080 /health", "auth-service 8081 /health", "platform-services 8000 /health", "postgres 5432 "],
  );
  const order = databaseDependents(services).map(({ name }) => name);
  assert.deepEqual(order, ["auth-service", "platform-services", "api-gateway"]);
});

test("what does not depend on a database is left out, and a circle comes to an end", () => {
  const { services } = readServices({
    web: { port: 80, dependsOn: ["api"] },
    api: { port: 81, dependsOn: ["web", "db"] },
    docs: { port: 82 },
    db: { port: 5432, database: true },
  });
  assert.deepEqual(
    databaseDependents(services)
      .map(({ name }) => name)
      .sort(),
    ["api"].concat("web").sort(),
  );
});

test("a mistake in the setting is said, and null leaves a service out", () => {
  const { services, problems } = readServices({
    a: { port: 80, dependsOn: ["gone"] },
    b: { port: 0 },
    c: { port: 80, health: "health" },
    d: { port: 80, dependsOn: "a" },
    e: "text",
    gone: null,
  });
  assert.deepEqual(
    services.map(({ name }) => name),
    ["a"],
  );
  assert.equal(problems.length, 5);
  assert.match(problems.join("\n"), /^podbook\.services: a depends on gone, which is not described\.$/m);
  assert.deepEqual(readServices(undefined), { services: [], problems: [] });
});
