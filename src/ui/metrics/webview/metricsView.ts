import { readUpdate, type ViewRequest } from "../viewMessages.ts";
import { ChartsPage } from "./chartsPage.ts";

declare function acquireVsCodeApi(): { postMessage(message: ViewRequest): void };

const vscode = acquireVsCodeApi();
const page = new ChartsPage(document.body, (request) => vscode.postMessage(request));
window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  const update = readUpdate(data);
  if (update) page.take(update);
});
vscode.postMessage({ type: "ready" });
