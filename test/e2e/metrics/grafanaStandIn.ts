import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const titles = ["Kubernetes Pod Status", "Application Performance", "Application Performance (old)"];

/** An HTTP server that speaks the part of Grafana's API that finds dashboards. */
export class GrafanaStandIn {
  readonly #server: Server;
  /** What was searched for, in order. */
  readonly searched: string[] = [];

  private constructor() {
    this.#server = createServer(({ url = "" }, response) => {
      const { pathname, searchParams } = new URL(url, "http://grafana");
      const query = searchParams.get("query") ?? "";
      if (pathname !== "/api/search") {
        response.writeHead(404).end("{}");
        return;
      }
      this.searched.push(query);
      const found = titles.flatMap((title, index) =>
        title.toLowerCase().includes(query.toLowerCase()) ? [{ uid: `uid-${index}`, title, type: "dash-db" }] : [],
      );
      response.setHeader("content-type", "application/json").end(JSON.stringify(found));
    });
  }

  /** Starts it; the caller closes it. */
  static async start(): Promise<GrafanaStandIn> {
    const grafana = new GrafanaStandIn();
    grafana.#server.listen(0, "127.0.0.1");
    await once(grafana.#server, "listening");
    return grafana;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
