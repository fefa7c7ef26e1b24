import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import type { DemoBed } from "../demoBed.ts";

const name = "silent";
const port = 8080;

/**
 * A pod of that name behind a service of that name, whose program is a server of the test. It goes on when the pod is
 * gone, and so do the connections to it: nobody but the cluster says then that the pod is gone.
 */
export class SilentPod {
  readonly url = `http://${name}.pyairtable.svc:${port}`;
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  readonly #demo: DemoBed;
  readonly #server: Server;
  /** Connections of pods that are gone: nothing is answered there any more. */
  readonly #dead = new Set<Socket>();
  readonly #alive = new Set<Socket>();

  private constructor(demo: DemoBed) {
    this.#demo = demo;
    this.#server = createServer(this.#answer);
    this.#server.on("connection", (socket) => this.#alive.add(socket));
  }

  static async open(demo: DemoBed): Promise<SilentPod> {
    const pod = new SilentPod(demo);
    pod.#server.listen(0, "127.0.0.1");
    await once(pod.#server, "listening");
    await pod.create();
    return pod;
  }

  /** Makes the pod, and waits until the service leads to it. */
  async create(): Promise<void> {
    const labels = { app: name };
    const metadata = { name, labels };
    const containers = [{ name, image: "none", ports: [{ containerPort: port }] }];
    const annotations = { "bed.podbook.dev/create-delay-ms": "1", "bed.podbook.dev/ready-delay-ms": "1" };
    const target = { address: "127.0.0.1", port: (this.#server.address() as AddressInfo).port };
    const items = [
      { apiVersion: "v1", kind: "Service", metadata, spec: { selector: labels, ports: [{ port }] } },
      { apiVersion: "v1", kind: "Pod", metadata: { ...metadata, annotations }, spec: { containers } },
      {
        apiVersion: "kwok.x-k8s.io/v1alpha1",
        kind: "PortForward",
        metadata,
        spec: { forwards: [{ ports: [port], target }] },
      },
    ];
    const file = join(this.#demo.folder, "silent.json");
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    await this.#demo.inDemo("apply", "-f", file);
    await this.#demo.inDemo("wait", "--for=condition=Ready", `pod/${name}`, "--timeout=30s");
  }

  /** Deletes the pod; what is connected to it stays so, and hears nothing more. */
  async delete(): Promise<void> {
    for (const socket of this.#alive) this.#dead.add(socket);
    await this.#demo.inDemo("delete", "pod", name, "--now");
  }

  /** Resolves when so many requests have come. */
  async sees(count: number): Promise<void> {
    while (this.asked.length < count) await once(this.#server, "request");
  }

  async close(): Promise<void> {
    await this.#demo.inDemo(
      "delete",
      `service/${name}`,
      `pod/${name}`,
      `portforward/${name}`,
      "--ignore-not-found",
      "--now",
    );
    this.#server.close();
    this.#server.closeAllConnections();
  }

  readonly #answer: RequestListener = (request, response) => {
    this.asked.push(request.url ?? "");
    if (this.#dead.has(request.socket) || request.url === "/hangs") return;
    if (request.url === "/slow") setTimeout(() => response.end("slow"), 4000);
    else if (request.url === "/begun") {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
    } else response.end("well");
  };
}
