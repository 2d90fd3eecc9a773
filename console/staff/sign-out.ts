// Signs out, and leaves nothing of the person in the page.
import { useQueryClient } from "@tanstack/react-query";
import { ask } from "../shared/ask.ts";
import { tellTabs } from "../shared/other-tabs.ts";
import { Refused } from "../shared/refused.ts";
import { forgetSession } from "../shared/session.ts";

export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await ask("signOut", {}).catch((error: unknown) => {
      // A session that is over is signed out of.
      if (!(error instanceof Refused && error.status === 401)) throw error;
    });
    tellTabs("signed-out");
    forgetSession(queries);
    // A whole new page: whatever this one still held in memory goes with it.
    location.replace("/sign-in");
  };
}
