import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when: string }[];
  };
}

const manifest: Manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const settings = Object.entries(manifest.contributes.configuration.properties);

test("no setting that a workspace can make is obeyed in a folder that is not trusted", () => {
  const open = settings.filter(([, { scope }]) => !["machine", "application"].includes(scope)).map(([name]) => name);
  assert.deepEqual([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(), open.sort());
});

test("what names programs or pages, or says what they do, is no workspace's to set", () => {
  const scopes = new Map(settings.map(([name, { scope }]) => [name, scope]));
  assert.equal(scopes.get("podbook.kubeconfig"), "machine");
  assert.equal(scopes.get("podbook.effects"), "application");
  assert.equal(scopes.get("podbook.escalation.url"), "application");
});

test("the README tells of every setting", () => {
  for (const [name] of settings) assert.ok(readme.includes(`\`${name}\``), name);
});

test("the keys are taken in runbooks and incidents only", () => {
  const keys = manifest.contributes.keybindings.map(({ command, key }) => [command, key]);
  assert.deepEqual(keys, [
    ["podbook.runCommandAtCursor", "ctrl+enter"],
    ["podbook.runBlockAtCursor", "ctrl+shift+enter"],
    ["podbook.addNote", "ctrl+alt+n"],
  ]);
  for (const { when } of manifest.contributes.keybindings) assert.match(when, /podbook\.in(Runbook|Incident)/);
});
