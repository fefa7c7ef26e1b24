import { window } from "vscode";
import type { HttpCredentials } from "../../http/credentials.ts";
import { shownLabel } from "../shownText.ts";

/** A server that credentials are asked for. */
export interface AskedServer {
  readonly title: string;
  /** Whether what is sent to it can be read on the way. */
  readonly unprotected: boolean;
}

/** Asks what a server of metrics shall be told; null to tell it nothing, undefined when the person leaves. */
export async function askCredentials(server: AskedServer): Promise<HttpCredentials | null | undefined> {
  const title = `Credentials for ${shownLabel(server.title, 100)}`;
  const kinds = [
    { label: "Bearer token", description: "", way: "bearer" as const },
    { label: "User and password", description: "", way: "basic" as const },
    { label: "None", description: "deletes what was given before", way: null },
  ];
  const placeHolder = server.unprotected ? "The address is http: they could be read on the way" : "";
  const picked = await window.showQuickPick(kinds, { title, placeHolder });
  if (!picked) return undefined;
  if (picked.way === null) return null;
  return picked.way === "bearer" ? askToken(title) : askPassword(title);
}

/** Asks for a token; null where an empty one is given, undefined when the person leaves. */
export async function askToken(title: string): Promise<HttpCredentials | null | undefined> {
  const prompt = "Kept in VS Code's secret storage. Empty: deletes what was given before.";
  const validateInput = (text: string) =>
    /^[\x20-\x7e]*$/.test(text) ? undefined : "It holds a character that no token has.";
  const token = (await askSecret(title, prompt, validateInput))?.trim();
  if (token === undefined) return undefined;
  return token === "" ? null : { kind: "bearer", token };
}

async function askPassword(title: string): Promise<HttpCredentials | undefined> {
  const user = await window.showInputBox({ title, prompt: "User", ignoreFocusOut: true });
  if (!user) return undefined;
  const password = await askSecret(title, "Password. Kept in VS Code's secret storage.");
  return password === undefined ? undefined : { kind: "basic", user, password };
}

function askSecret(
  title: string,
  prompt: string,
  validateInput?: (text: string) => string | undefined,
): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    prompt,
    password: true,
    ignoreFocusOut: true,
    ...(validateInput && { validateInput }),
  });
}
