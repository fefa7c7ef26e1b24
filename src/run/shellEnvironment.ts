import type { RunFiles } from "./runFolder.ts";

// What the editor sets for its own processes: inherited, it changes what `code`, Electron programs and Node do.
const editorsOwn = /^(VSCODE_|ELECTRON_)/;

/** The environment of a run: the user's own, without the editor's variables, and with the files that pin the run. */
export function shellEnvironment(
  own: NodeJS.ProcessEnv,
  { kubeconfig, prelude }: Pick<RunFiles, "kubeconfig" | "prelude">,
): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => !editorsOwn.test(name));
  return {
    ...Object.fromEntries(kept),
    ...(kubeconfig === null ? {} : { KUBECONFIG: kubeconfig }),
    ...(prelude === null ? {} : { BASH_ENV: prelude }),
  };
}
