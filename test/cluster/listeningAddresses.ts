import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

const listening = "0A";

/** The addresses a process listens on over TCP, read from /proc; one entry for each socket. */
export function listeningAddresses(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  if (!existsSync(folder)) return [];
  const inodes = new Set(readdirSync(folder).flatMap((fd) => socketInode(`${folder}/${fd}`) ?? []));
  return ["tcp", "tcp6"].flatMap((family) =>
    readFileSync(`/proc/${pid}/net/${family}`, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === listening && inodes.has(fields[9] ?? ""))
      .map((fields) => readable(fields[1] ?? "")),
  );
}

function socketInode(link: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(link))?.[1];
  } catch {
    // Closed between the listing and the look.
    return undefined;
  }
}

/** An IPv4 address as people write it; an IPv6 one stays as the kernel writes it, which is enough to be noticed. */
function readable(address: string): string {
  const [host = ""] = address.split(":");
  if (host.length !== 8) return host;
  return Buffer.from(host, "hex").reverse().join(".");
}
