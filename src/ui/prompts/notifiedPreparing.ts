import { ProgressLocation, window } from "vscode";
import type { Preparing } from "../lens/blockRuns.ts";
import { messageText } from "../shownText.ts";

/** Does something that may have to wait, for which no lens speaks: what it waits for is a notification with a Cancel. */
export async function withNotice<T>(title: string, work: (preparing: Preparing) => Promise<T>): Promise<T> {
  const aborting = new AbortController();
  const done = Promise.withResolvers<void>();
  let say: ((words: string) => void) | undefined;
  const show = (first: string) =>
    window.withProgress(
      { location: ProgressLocation.Notification, title: messageText(title), cancellable: true },
      (progress, cancelled) => {
        cancelled.onCancellationRequested(() => aborting.abort());
        say = (message) => progress.report({ message });
        say(first);
        return done.promise;
      },
    );
  try {
    return await work({ signal: aborting.signal, say: (words) => (say ? say(words) : void show(words)) });
  } finally {
    done.resolve();
  }
}
