// One deed one step on, judged as it stands under the lock of the customer's rows; and what follows when it was the last.
import type { RequestsContext } from "./context.ts";
import { currentDeeds, type Deed, isUnderWay } from "./deed-row.ts";
import { DeedOver } from "./deeds.ts";
import type { RequestContent, RequestRow } from "./request-row.ts";

/** INVARIANT: whoever finds the deed otherwise than it was read leaves it: somebody else has done it. Throws DeedOver. */
export function overOnce(
  { clock }: Pick<RequestsContext, "clock">,
  { deedId, state, tries }: Deed,
  change: Partial<Deed>,
): (row: RequestRow) => RequestRow["content"] {
  return ({ content }) => {
    const now = currentDeeds(content).find((one) => one.deedId === deedId);
    const isOpen = content.state === "fulfilling" || content.state === "decided";
    if (!isOpen || now?.state !== state || now.tries !== tries) throw new DeedOver();
    return withDeed(content, deedId, change, clock.now().toISOString());
  };
}

/** What is said of a deed that is done. */
export function stamped({ clock }: Pick<RequestsContext, "clock">) {
  return { state: "done", at: clock.now().toISOString(), heldUntil: null, fault: null } as const;
}

/** One deed changed. Where it was the last, the request is answered, done, or back with whoever decides. */
function withDeed(content: RequestContent, deedId: string, change: Partial<Deed>, now: string): RequestContent {
  const deeds = content.deeds.map((one) => (one.deedId === deedId ? { ...one, ...change } : one));
  return concluded({ ...content, deeds }, now);
}

/** INVARIANT: nothing is answered before all of it is done, and what was forbidden is not answered at all. */
function concluded(content: RequestContent, now: string): RequestContent {
  const { decision } = content;
  if (content.state !== "fulfilling" || decision === null || isUnderWay(content)) return content;
  const deeds = currentDeeds(content);
  if (deeds.some(({ state }) => state === "forbidden") && decision.outcome !== "refused") {
    const back = { at: now, by: decision.by, outcome: decision.outcome };
    return { ...content, state: "in-progress", decision: null, returned: [...content.returned, back] };
  }
  // A copy is done when it was fetched; what is answered in part stays open to an appeal.
  if (decision.outcome !== "fulfilled" || deeds.some((one) => one.do === "copy"))
    return { ...content, state: "decided" };
  return { ...content, state: "closed", closed: { at: now, as: "done" } };
}
