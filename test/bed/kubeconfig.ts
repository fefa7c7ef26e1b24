import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BedPaths } from "./state.ts";

/** Writes a kubeconfig of its own for the running cluster: readable names, certificates inside, private to the person. */
export function writeKubeconfig(paths: BedPaths): void {
  const theirs = readFileSync(join(paths.clusterDir, "kubeconfig.yaml"), "utf8");
  const server = /^\s*server:\s*(\S+)/m.exec(theirs)?.[1];
  const name = paths.contextName;
  const pki = (file: string): string => readFileSync(join(paths.clusterDir, "pki", file)).toString("base64");
  const text = `apiVersion: v1
kind: Config
current-context: ${name}
clusters:
- name: ${name}
  cluster:
    server: ${server}
    certificate-authority-data: ${pki("ca.crt")}
contexts:
- name: ${name}
  context:
    cluster: ${name}
    user: ${name}-admin
users:
- name: ${name}-admin
  user:
    client-certificate-data: ${pki("admin.crt")}
    client-key-data: ${pki("admin.key")}
`;
  writeFileSync(paths.kubeconfig, text, { mode: 0o600 });
}
