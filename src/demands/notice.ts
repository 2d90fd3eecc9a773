// Whether and when the customers learn of it: before, after, later on a ground that the law knows and until a day, or not at all.
import type { Uuid } from "../kernel/bytes.ts";
import { kindOf } from "./checks.ts";
import type { DemandsContext } from "./context.ts";
import type { DemandContent } from "./demand-row.ts";
import { DemandError } from "./errors.ts";
import type { DemandRules } from "./rules.ts";
import { customersOf } from "./scope.ts";
import { sendPlanned } from "./send.ts";
import { ANY_STATE, planned, withTelling, withTellings } from "./telling.ts";
import { changeDemand, demandAt, type Who } from "./write.ts";

export interface GivenNotice {
  readonly mode: "before" | "after" | "delayed" | "none";
  readonly ground: string | null;
  readonly untilAt: Date | null;
}

const DAY_MS = 86_400_000;

/** Throws DemandError `unknown-ground` where a delay has none, or lasts longer than it allows, or where somebody is told less than the kind asks without one. */
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
  } else if (untilAt !== null || (mode !== "none" && ground !== null)) throw new DemandError("unknown-ground");
  const settled = { mode, ground, untilAt: untilAt?.toISOString() ?? null, by: who.actor.principalId };
  const noticeAfter = ({ notice: before }: DemandContent): DemandContent["notice"] => {
    const isOwed = before !== null && before.shownAt === null && (before.isKeptBack || before.mode === "delayed");
    // Whoever was told stays told; what was not sent yet waits for this to be done anew.
    const customers = (before?.customers ?? []).filter(({ state }) => state !== "planned");
    const told = { toldAt: before?.toldAt ?? null, customers };
    return { ...settled, ...told, isKeptBack: isOwed || mode === "delayed", shownAt: null };
  };
  const seen = await demandAt(context, demandId);
  const { content } = seen;
  const change = { demandId, seen, action: "demand.change", who, said: { notice: mode } } as const;
  if (isDelayChange(content, mode)) {
    const make = (held: DemandContent): DemandContent => ({ ...held, notice: noticeAfter(held) });
    return changeDemand(context, { ...change, states: DECIDED, make, processes: "retime" });
  }
  if (!isEnough(context.rules, { kind: content.kind, mode, ground })) throw new DemandError("unknown-ground");
  const make = (held: DemandContent): DemandContent => ({ ...held, notice: noticeAfter(held), approvals: [] });
  await changeDemand(context, { ...change, states: ["open"], make });
}

/** Whether it is what the kind's own rule asks for, or more; nobody is told, against that rule, only on a ground that the rules know for the kind. */
export function isEnough(
  rules: DemandRules,
  { kind: name, mode, ground }: { readonly kind: string } & Pick<GivenNotice, "mode" | "ground">,
): boolean {
  const asked = kindOf(rules, name).notice;
  if (mode === "after") return asked !== "before";
  if (mode !== "none") return true;
  if (ground === null) return asked === "none";
  return rules.untold.some((one) => one.ground === ground && one.kinds.includes(name));
}

const DECIDED = ["approved", "expired", "closed"] as const;

/** A delay is prolonged or ended whenever the agency says so, which asks for no approval anew: it opens nothing. */
function isDelayChange({ notice, approvals, closed }: DemandContent, mode: GivenNotice["mode"]): boolean {
  const isDecided = closed !== null || approvals.length > 0;
  return isDecided && notice?.mode === "delayed" && notice.shownAt === null && (mode === "delayed" || mode === "after");
}

/**
 * Plans it for each, by the commit that says so, and sends what can be sent at once; what cannot is sent by the server later, and whom nothing reaches stands
 * there with the reason. Not while it is delayed. Throws DemandError `notice-open`, `wrong-state` where all are told.
 */
export async function tellCustomers(context: DemandsContext, demandId: Uuid, who: Who): Promise<void> {
  const now = context.clock.now();
  const { content } = await demandAt(context, demandId);
  requireOwed(content, now);
  const change = { demandId, action: "demand.tell", who, states: ANY_STATE, said: {} } as const;
  await changeDemand(context, { ...change, make: (held) => withTellings(held, planned(held, now), now) });
  await sendPlanned(context, demandId);
}

/** Somebody was told by a person: served, on the telephone, by their lawyer. Throws DemandError `notice-open`, `wrong-state`, `unknown-place`. */
export async function toldByHand(
  context: DemandsContext,
  demandId: Uuid,
  { customerId, reference }: { readonly customerId: Uuid; readonly reference: string },
  who: Who,
): Promise<void> {
  const now = context.clock.now();
  const { content } = await demandAt(context, demandId);
  requireOwed(content, now);
  if (!customersOf(content.named).includes(customerId)) throw new DemandError("unknown-place");
  const told = {
    customerId,
    state: "told",
    way: "hand",
    reference,
    fault: null,
    at: now.toISOString(),
    by: who.actor.principalId,
  } as const;
  const said = { telling: customerId, step: "by-hand" };
  const change = { demandId, action: "demand.tell", who, states: ANY_STATE, said } as const;
  await changeDemand(context, { ...change, make: (held) => withTelling(held, { ...told, tries: 0 }, now) });
}

function requireOwed({ notice }: DemandContent, now: Date): void {
  const isEarly = notice?.untilAt != null && now < new Date(notice.untilAt);
  if (notice === null || notice.mode === "none" || isEarly) throw new DemandError("notice-open");
  if (notice.toldAt !== null) throw new DemandError("wrong-state");
}
