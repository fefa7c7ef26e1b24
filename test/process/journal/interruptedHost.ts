// `node interruptedHost.ts FOLDER SCRIPT [untold]`: a host that is going to be killed while it runs a script, without the guardian
// that would end what it leaves behind. With `untold`, its journal is not told that bash runs. Prints the run's id, its private folder and its leader's process id.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openJournal, someStart } from "../../unit/journal/runs.ts";

const [folder = "", script = "", told = "told"] = process.argv.slice(2);
const { journal } = await openJournal(folder);
const entry = await journal.begin({ ...someStart, at: Date.now() });
const own = await mkdtemp(join(tmpdir(), "podbook-run-"));
await entry.prepared(own);
const kubeconfig = join(own, "kubeconfig");
await writeFile(kubeconfig, "token: secret\n", { mode: 0o600 });
const bash = spawn("bash", ["-c", script], {
  detached: true,
  env: { ...process.env, KUBECONFIG: kubeconfig },
  stdio: ["ignore", "pipe", "ignore"],
});
const printed = once(bash.stdout, "data") as Promise<[Buffer]>;
if (told === "told") await entry.spawned(bash.pid ?? 0, own);
await entry.output((await printed)[0]);
console.log(JSON.stringify({ id: entry.id, own, pid: bash.pid }));
// Until it is killed.
setInterval(() => {}, 60_000);
