// Whether and when the customers learn of it: before, after, later on a ground that the law knows and until a day, or not at all.
import type { Uuid } from "../kernel/bytes.ts";
import type { DemandsContext } from "./context.ts";
import type { DemandContent } from "./demand-row.ts";
import { DemandError } from "./errors.ts";
import { customersOf } from "./scope.ts";
import { changeDemand, demandAt, type Who } from "./write.ts";

export interface GivenNotice {
  readonly mode: "before" | "after" | "delayed" | "none";
  readonly ground: string | null;
  readonly untilAt: Date | null;
}

const DAY_MS = 86_400_000;

/** Throws DemandError `unknown-ground` where a delay has none, or lasts longer than it allows. */
export async function settleNotice(
  context: DemandsContext,
  demandId: Uuid,
  { mode, ground, untilAt }: GivenNotice,
  who: Who,
): Promise<void> {
  const now = context.clock.now();
  const delay = context.rules.delays.find((one) => one.ground === ground);
  if (mode === "delayed") {
    const latest = delay === undefined ? now.getTime() : now.getTime() + delay.daysMax * DAY_MS;
    if (untilAt === null || untilAt <= now || untilAt.getTime() > latest) throw new DemandError("unknown-ground");
  } else if (ground !== null || untilAt !== null) throw new DemandError("unknown-ground");
  const settled = { mode, ground, untilAt: untilAt?.toISOString() ?? null, toldAt: null, by: who.actor.principalId };
  const noticeAfter = ({ notice: before }: DemandContent): DemandContent["notice"] => {
    const isOwed = before !== null && before.shownAt === null && (before.isKeptBack || before.mode === "delayed");
    return { ...settled, isKeptBack: isOwed || mode === "delayed", shownAt: null };
  };
  const change = { demandId, action: "demand.change", who, said: { notice: mode } } as const;
  const { content } = await demandAt(context, demandId);
  if (isDelayChange(content, mode)) {
    const make = (held: DemandContent): DemandContent => ({ ...held, notice: noticeAfter(held) });
    return changeDemand(context, { ...change, states: DECIDED, make, processes: "retime" });
  }
  const make = (held: DemandContent): DemandContent => ({ ...held, notice: noticeAfter(held), approvals: [] });
  await changeDemand(context, { ...change, states: ["open"], make });
}

const DECIDED = ["approved", "expired", "closed"] as const;

/** A delay is prolonged or ended whenever the agency says so, which asks for no approval anew: it opens nothing. */
function isDelayChange({ notice, approvals, closed }: DemandContent, mode: GivenNotice["mode"]): boolean {
  const isDecided = closed !== null || approvals.length > 0;
  return isDecided && notice?.mode === "delayed" && notice.shownAt === null && (mode === "delayed" || mode === "after");
}

/** Not while it is delayed. Throws DemandError `notice-open`. */
export async function tellCustomers(context: DemandsContext, demandId: Uuid, who: Who): Promise<void> {
  const { content } = await demandAt(context, demandId);
  const now = context.clock.now();
  const { notice } = content;
  const isEarly = notice?.untilAt != null && now < new Date(notice.untilAt);
  if (notice === null || notice.mode === "none" || isEarly) throw new DemandError("notice-open");
  const states = ["open", "approved", "expired", "closed"] as const;
  const change = { demandId, action: "demand.tell", who, states, said: {} } as const;
  const make = (held: DemandContent): DemandContent => ({
    ...held,
    notice: held.notice === null ? null : { ...held.notice, toldAt: now.toISOString() },
  });
  await changeDemand(context, { ...change, make });
  for (const customerId of customersOf(content.named)) await context.tell(customerId, demandId);
}
