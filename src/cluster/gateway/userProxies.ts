/** What the environment of the user says about proxies, as curl, Go and Python read it. */
export class UserProxies {
  readonly #environment: NodeJS.ProcessEnv;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  /** The user's own proxy for a host; null where the user would go there directly. An unusable address counts as none. */
  proxyFor(scheme: "http" | "https", host: string): URL | null {
    const proxy = this.#variable(`${scheme}_proxy`) || this.#variable("all_proxy");
    if (proxy === "" || this.#isExcepted(host)) return null;
    const url = URL.parse(proxy.includes("://") ? proxy : `http://${proxy}`);
    return url;
  }

  /** The hosts that the user reaches without a proxy. */
  exceptions(): string[] {
    return this.#variable("no_proxy")
      .split(/[\s,]+/)
      .filter((entry) => entry !== "");
  }

  #variable(name: string): string {
    return this.#environment[name] ?? this.#environment[name.toUpperCase()] ?? "";
  }

  #isExcepted(host: string): boolean {
    return this.exceptions().some((entry) => entry === "*" || matchesDomain(host, entry));
  }
}

/** Whether a host is a domain, or lies below it, as entries of NO_PROXY are read; a port of the entry is left aside. */
export function matchesDomain(host: string, entry: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/^\*?\.|^\[|\]$|\.$/g, "");
  const name = plain(host);
  const domain = plain(entry.replace(/(?<=[^:]):\d+$/, ""));
  return domain !== "" && (name === domain || name.endsWith(`.${domain}`));
}
