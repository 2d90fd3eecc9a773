// A session that is over is left at once, in every tab and behind the back button: what a page held in memory goes with it.
import type { QueryClient } from "@tanstack/react-query";
import { heedRefusals } from "./ask.ts";
import { heedTabs } from "./other-tabs.ts";

export interface SessionPages {
  readonly queries: QueryClient;
  /** Under which the session is remembered; nothing there: nobody was signed in here. */
  readonly sessionKey: readonly unknown[];
  /** Where one goes, and is told, when it ended by itself. */
  readonly ended: () => string;
  /** And when somebody signed out, here or in another tab. */
  readonly left: string;
}

export function leaveWhenOver({ queries, sessionKey, ended, left }: SessionPages): void {
  const leave = (path: string): void => {
    queries.clear();
    // A whole new page.
    location.replace(path);
  };
  const wasSignedIn = (): boolean => queries.getQueryData(sessionKey) !== undefined;
  heedRefusals(({ status, code }) => {
    if (status === 401 && code === "unauthenticated" && wasSignedIn()) leave(ended());
  });
  heedTabs((news) => {
    if (news === "factor-shown" || !wasSignedIn()) return;
    // Somebody else may have signed in there: the cookie is theirs now.
    if (news === "signed-in") location.reload();
    else leave(left);
  });
  // A page that the browser kept for its back button may be of somebody who has left since.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}
