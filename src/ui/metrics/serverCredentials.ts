import type { Event, SecretStorage } from "vscode";
import type { HttpCredentials } from "../../http/credentials.ts";

/** What servers of metrics are told to let one in: each what was given for it, so that no setting can send it elsewhere. */
export class ServerCredentials {
  readonly #secrets: SecretStorage;
  /** Some were given or deleted, in this window or another. */
  readonly onDidChange: Event<unknown>;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
    this.onDidChange = secrets.onDidChange;
  }

  /** Those of a server; null where none were given. `server` tells it from all others: its origin, or its place in a cluster. */
  async get(server: string): Promise<HttpCredentials | null> {
    const kept = await this.#secrets.get(keyOf(server));
    return kept === undefined ? null : readCredentials(JSON.parse(kept));
  }

  /** Keeps them, or deletes them where they are null. */
  async set(server: string, credentials: HttpCredentials | null): Promise<void> {
    if (credentials) await this.#secrets.store(keyOf(server), JSON.stringify(credentials));
    else await this.#secrets.delete(keyOf(server));
  }
}

function keyOf(server: string): string {
  return `podbook.server:${server}`;
}

function readCredentials(value: Partial<Record<string, unknown>> | null): HttpCredentials | null {
  const { kind, token, user, password } = value ?? {};
  if (kind === "bearer" && typeof token === "string") return { kind, token };
  return kind === "basic" && typeof user === "string" && typeof password === "string" ? { kind, user, password } : null;
}
