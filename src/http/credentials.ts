/** What a server is told to let one in. */
export type HttpCredentials =
  | { readonly kind: "bearer"; readonly token: string }
  | { readonly kind: "basic"; readonly user: string; readonly password: string };

/** The header that carries credentials; none without them. */
export function authorization(credentials: HttpCredentials | null): Record<string, string> {
  if (!credentials) return {};
  if (credentials.kind === "bearer") return { authorization: `Bearer ${credentials.token}` };
  const { user, password } = credentials;
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}` };
}
