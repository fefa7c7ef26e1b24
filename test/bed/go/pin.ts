/**
 * Writes the go.mod, go.sum and tools.go of every module in this folder anew. Run it by hand after changing a version
 * in modules.ts: `node test/bed/go/pin.ts`. It needs the Go module proxy; the build does not run it.
 */
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goModules } from "./modules.ts";

interface GoModFile {
  Go: string;
  Replace?: { Old: { Path: string }; New: { Path: string } }[];
}

const here = import.meta.dirname;

for (const module of goModules) {
  const folder = join(here, module.name);
  const go = (...args: string[]): string =>
    execFileSync("go", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

  for (const file of ["go.mod", "go.sum"]) rmSync(join(folder, file), { force: true });
  const imports = module.programs.map((program) => `\t_ "${program.importPath}"`).join("\n");
  writeFileSync(
    join(folder, "tools.go"),
    `//go:build tools\n\n// Package tools names the programs this module is here to build.\npackage tools\n\nimport (\n${imports}\n)\n`,
  );
  go("mod", "init", `podbook.test/bed/${module.name}`);
  go("mod", "edit", `-require=${module.path}@${module.version}`);
  const { GoMod } = JSON.parse(go("mod", "download", "-json", `${module.path}@${module.version}`)) as { GoMod: string };
  const theirs = JSON.parse(go("mod", "edit", "-json", GoMod)) as GoModFile;
  // The oldest Go that will do, not the one of the machine that ran this.
  go("mod", "edit", `-go=${theirs.Go}`);
  if (module.stagingVersion !== undefined) {
    const staged = (theirs.Replace ?? []).filter((entry) => entry.New.Path.startsWith("./staging/"));
    const replaced = staged.map(({ Old }) => `-replace=${Old.Path}=${Old.Path}@${module.stagingVersion}`);
    go("mod", "edit", ...replaced);
  }
  go("mod", "tidy");
  console.log(`${module.name}: pinned ${module.path} ${module.version}`);
}
