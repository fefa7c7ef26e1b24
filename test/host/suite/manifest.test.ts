import { strict as assert } from "node:assert";
import { commands, extensions } from "vscode";

const extension = () => {
  const found = extensions.getExtension("podbook.podbook");
  assert.ok(found, "the extension is known");
  return found;
};

describe("The extension", () => {
  it("becomes active without an error", async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it("registers every command it contributes", async () => {
    const registered = new Set(await commands.getCommands(true));
    const contributed: { command: string }[] = extension().packageJSON.contributes.commands;
    assert.ok(contributed.length > 0);
    assert.deepEqual(
      contributed.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  it("takes the kubeconfig from the machine's settings only", () => {
    const { properties } = extension().packageJSON.contributes.configuration;
    assert.equal(properties["podbook.kubeconfig"].scope, "machine");
  });
});
