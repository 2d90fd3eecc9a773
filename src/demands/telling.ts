// How far the telling of a demand's customers is: planned, on its way, told with proof, or not reached. Pure.
import type { Uuid } from "../kernel/bytes.ts";
import type { DemandContent, Telling } from "./demand-row.ts";
import { customersOf } from "./scope.ts";

/** A customer may be told whatever becomes of the demand. */
export const ANY_STATE = ["open", "objected", "approved", "expired", "closed"] as const;

const ON_ITS_WAY: ReadonlySet<Telling["state"]> = new Set<Telling["state"]>(["mailed", "letter", "told"]);

/** Whoever is not told, nor has anything on its way to them, is tried (again). */
export function planned({ named, notice }: DemandContent, now: Date): readonly Telling[] {
  return customersOf(named).map((customerId) => {
    const standing = notice?.customers.find((one) => one.customerId === customerId);
    if (standing !== undefined && standing.state !== "unreached") return standing;
    const tries = standing === undefined ? 0 : standing.tries + 1;
    return { ...blank(customerId, now), tries };
  });
}

function blank(customerId: Uuid, now: Date): Telling {
  const at = now.toISOString();
  return { customerId, state: "planned", way: null, reference: null, fault: null, at, by: null, tries: 0 };
}

export function withTelling(held: DemandContent, telling: Telling, now: Date): DemandContent {
  const others = held.notice?.customers.filter(({ customerId }) => customerId !== telling.customerId) ?? [];
  return withTellings(held, [...others, telling], now);
}

/** INVARIANT: they are told once each of them is, or what tells them is on its way; whoever turns out not to be reached is owed it as before. */
export function withTellings(held: DemandContent, customers: readonly Telling[], now: Date): DemandContent {
  const { notice, named } = held;
  if (notice === null) return held;
  const reached = new Set(customers.filter(({ state }) => ON_ITS_WAY.has(state)).map(({ customerId }) => customerId));
  const isDone = customersOf(named).every((id) => reached.has(id));
  const toldAt = isDone ? (notice.toldAt ?? now.toISOString()) : null;
  return { ...held, notice: { ...notice, customers: [...customers], toldAt } };
}

export interface OwedTelling {
  readonly why: "to-be-told" | "not-reached";
  /** Since when: the end of a delay. Null where nothing falls due. */
  readonly since: Date | null;
}

/** What is owed to its customers: as long as they are not told, also of one that is closed. Null where nothing is, or nothing yet. */
export function owedOf({ notice, approvals, objection, closed }: DemandContent, now: Date): OwedTelling | null {
  if (notice === null || notice.mode === "none" || notice.toldAt !== null) return null;
  const end = notice.untilAt === null ? null : new Date(notice.untilAt);
  if (end !== null && now < end) return null;
  // An objection takes the approvals away, and what was produced before it stays produced.
  const wasApproved = approvals.length > 0 || objection !== null || closed?.how === "produced";
  if (!wasApproved && (notice.mode !== "before" || closed !== null)) return null;
  const why = notice.customers.some(({ state }) => state === "unreached") ? "not-reached" : "to-be-told";
  return { why, since: end };
}
