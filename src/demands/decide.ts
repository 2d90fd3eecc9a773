// Who decides on a demand: others than whoever took it in, two of them, once nothing is open; and what ends it.
import type { Uuid } from "../kernel/bytes.ts";
import { checksOf, classesOf, kindOf, openChecks } from "./checks.ts";
import type { DemandsContext } from "./context.ts";
import type { DemandContent, OBJECTIONS } from "./demand-row.ts";
import { DemandError } from "./errors.ts";
import { isEnough } from "./notice.ts";
import { isNarrowed } from "./scope.ts";
import { changeDemand, demandAt, type Who } from "./write.ts";

const DAY_MS = 86_400_000;
const ALL_OPEN = ["open", "objected", "approved", "expired"] as const;

/** Throws DemandError `own-demand` (recorded), also for another principal of the same person. */
async function requireOther(context: DemandsContext, who: Who, before: readonly Uuid[]): Promise<void> {
  const askers = [who.actor.principalId, ...(who.actor.via === undefined ? [] : [who.actor.via])];
  for (const asker of askers)
    for (const other of before)
      if (asker === other || (await context.areOnePerson(asker, other))) return refuse(context, who);
}

/** A write that refuses itself, so that the attempt is an entry. */
function refuse({ access }: DemandsContext, { actor }: Who): Promise<never> {
  const attempt = { kind: "demand", action: "demand.approve", actor, targets: [], withheld: true } as const;
  return access.write(attempt, () => Promise.reject(new DemandError("own-demand")));
}

export async function reviewPrivilege(context: DemandsContext, demandId: Uuid, who: Who): Promise<void> {
  const seen = await demandAt(context, demandId);
  await requireOther(context, who, [seen.content.takenIn.by]);
  const review = { by: who.actor.principalId, at: context.clock.now().toISOString() };
  const change = { demandId, seen, action: "demand.review", who, states: ["open"], said: {} } as const;
  await changeDemand(context, { ...change, make: (held) => ({ ...held, review }) });
}

/**
 * INVARIANT: what is judged, of who approved before and of what is open, is what is changed: read twice, one person who asks many times at once were two.
 * Throws DemandError `checks-open`, `notice-open`, `not-narrowed`, `review-open`, `beyond-kind`, `own-demand`.
 */
export async function approve(context: DemandsContext, demandId: Uuid, who: Who): Promise<void> {
  const { clock, rules } = context;
  const seen = await demandAt(context, demandId);
  const { content } = seen;
  await requireOther(context, who, [content.takenIn.by, ...content.approvals.map(({ by }) => by)]);
  requireSettled(context, content);
  const now = clock.now();
  const { persons, days } = rules.approvals;
  const change = { demandId, seen, action: "demand.approve", who, states: ["open"], said: {} } as const;
  const make = (held: DemandContent): DemandContent => {
    const approvals = [...held.approvals, { by: who.actor.principalId, at: now.toISOString() }];
    const isWhole = approvals.length >= persons;
    const untilAt = isWhole ? new Date(now.getTime() + days * DAY_MS).toISOString() : null;
    return { ...held, approvals, untilAt };
  };
  await changeDemand(context, { ...change, make, processes: "begin" });
}

function requireSettled(context: DemandsContext, content: DemandContent): void {
  const { rules } = context;
  if (!kindOf(rules, content.kind).entitles) throw new DemandError("beyond-kind");
  const open = openChecks(context, content);
  if (open.length > 0) throw new DemandError("checks-open", open.join(", "));
  const { notice, review } = content;
  if (notice === null || (notice.mode === "before" && notice.toldAt === null)) throw new DemandError("notice-open");
  // Also one that was settled before the rules asked for a ground. What was told is told, and a delay that ended is told afterwards.
  const isLate = notice.toldAt !== null || notice.isKeptBack;
  if (!isLate && !isEnough(rules, { ...notice, kind: content.kind })) throw new DemandError("notice-open");
  if (!isNarrowed(content)) throw new DemandError("not-narrowed");
  if (review === null && needsReview(context, content)) throw new DemandError("review-open");
}

/** Whether somebody else has to go through it for privilege and 42 CFR Part 2 first. */
export function needsReview(rules: Pick<DemandsContext, "rules" | "jurisdictionOf">, content: DemandContent): boolean {
  const isAsked = checksOf(rules, content).some(({ check }) => check.id === "privilege");
  return isAsked || classesOf(content.produced).includes("specially-protected-health");
}

/** Ends what was approved, until it is settled. */
export async function object(
  context: DemandsContext,
  demandId: Uuid,
  ground: (typeof OBJECTIONS)[number],
  who: Who,
): Promise<void> {
  const objection = { ground, by: who.actor.principalId, at: context.clock.now().toISOString(), outcome: null };
  const change = { demandId, action: "demand.object", who, states: ["open", "approved"], said: { ground } } as const;
  const make = (held: DemandContent): DemandContent => ({ ...held, ...UNAPPROVED, objection });
  await changeDemand(context, { ...change, make, processes: "end" });
}

const UNAPPROVED = { approvals: [], untilAt: null };

/** Upheld, it is over; overruled, it is decided on anew. */
export async function settleObjection(
  context: DemandsContext,
  demandId: Uuid,
  outcome: "overruled" | "upheld",
  who: Who,
): Promise<void> {
  const at = context.clock.now().toISOString();
  const make = (held: DemandContent): DemandContent => {
    const objection = held.objection === null ? null : { ...held.objection, outcome };
    const closed = outcome === "upheld" ? { by: who.actor.principalId, at, how: "refused" as const } : null;
    return { ...held, objection, closed };
  };
  const change = {
    demandId,
    action: "demand.object",
    who,
    states: ["objected"],
    said: { objection: outcome },
  } as const;
  await changeDemand(context, { ...change, make });
}

export async function close(
  context: DemandsContext,
  demandId: Uuid,
  how: "produced" | "refused" | "withdrawn",
  who: Who,
): Promise<void> {
  const closed = { by: who.actor.principalId, at: context.clock.now().toISOString(), how };
  const change = { demandId, action: "demand.close", who, states: ALL_OPEN, said: { how } } as const;
  const make = (held: DemandContent): DemandContent => ({ ...held, ...UNAPPROVED, approvals: held.approvals, closed });
  await changeDemand(context, { ...change, make, processes: "end" });
}
