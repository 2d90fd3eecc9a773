// What the server does about demands by itself: shows what was delayed, sends what was planned, and follows what was sent.
import type { Uuid } from "../kernel/bytes.ts";
import type { DemandsContext } from "./context.ts";
import { DEMAND } from "./demand-row.ts";
import { followTellings } from "./follow.ts";
import { showWhatWasDelayed } from "./told-later.ts";

const PAGE = 100;

/** Safe to run twice, here or in another process. */
export async function lookAtDemands(context: DemandsContext, signal: AbortSignal): Promise<void> {
  for (let after: Uuid | null = null; ;) {
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(context, after);
    for (const row of page.rows) {
      signal.throwIfAborted();
      await followTellings(context, row);
      await showWhatWasDelayed(context, row);
    }
    after = page.next;
    if (after === null) return;
  }
}

function pageOf({ authority, database }: DemandsContext, after: Uuid | null) {
  return authority.page(database, DEMAND, { state: "live", after, limit: PAGE });
}
