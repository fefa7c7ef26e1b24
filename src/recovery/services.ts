/** A service of the platform, as the setting `podbook.services` describes it. */
export interface ServiceSetting {
  readonly name: string;
  readonly port: number;
  /** The path whose answer says whether it is well, as in `/health`; empty where it has none. */
  readonly health: string;
  /** Whether it is a PostgreSQL database. */
  readonly database: boolean;
  /** Names of the services that must be there before it. */
  readonly dependsOn: readonly string[];
}

/** Services, and what is wrong with their description, for a person. */
export interface ServiceSettings {
  readonly services: readonly ServiceSetting[];
  readonly problems: readonly string[];
}

/** Reads the setting: an object of services by their names; one that is null is left out. */
export function readServices(setting: unknown): ServiceSettings {
  const problems: string[] = [];
  const entries = Object.entries(isObject(setting) ? setting : {}).filter(([, value]) => value !== null);
  const services = entries.flatMap(([name, value]) => {
    const { port, health = "", database = false, dependsOn = [] } = isObject(value) ? value : {};
    const wrong = (what: string) => {
      problems.push(`podbook.services: ${name} ${what}.`);
      return [];
    };
    if (typeof port !== "number" || !Number.isInteger(port) || port < 1 || port > 65535) {
      return wrong("needs a port, a whole number from 1 to 65535");
    }
    if (typeof health !== "string" || (health !== "" && !health.startsWith("/"))) {
      return wrong("has a health path that does not begin with /");
    }
    if (!Array.isArray(dependsOn)) return wrong("has a dependsOn that is no list of names");
    const names = dependsOn.filter((one): one is string => typeof one === "string");
    return [{ name, port, health, database: database === true, dependsOn: names }];
  });
  const known = new Set(services.map(({ name }) => name));
  for (const { name, dependsOn } of services) {
    for (const one of dependsOn.filter((other) => !known.has(other))) {
      problems.push(`podbook.services: ${name} depends on ${one}, which is not described.`);
    }
  }
  return { services, problems };
}

/**
 * All that depends on a database, directly or through others, each after what it depends on itself. Of services that
 * depend on each other in a circle, one is first.
 */
export function databaseDependents(services: readonly ServiceSetting[]): ServiceSetting[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const order: ServiceSetting[] = [];
  const needs = new Map<string, boolean>();
  const visit = (service: ServiceSetting): boolean => {
    const known = needs.get(service.name);
    if (known !== undefined) return known;
    needs.set(service.name, service.database);
    const others = service.dependsOn.flatMap((name) => byName.get(name) ?? []);
    // All of them are visited, so that they come first.
    const dependent = others.map(visit).includes(true);
    needs.set(service.name, service.database || dependent);
    if (dependent && !service.database) order.push(service);
    return service.database || dependent;
  };
  for (const service of services) visit(service);
  return order;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
