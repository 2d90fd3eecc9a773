// What a demand names and what is to be produced: real places of real customers, within its kind, and never wider than what it names.
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { DemandsContext } from "./context.ts";
import type { DemandContent, DemandPart } from "./demand-row.ts";
import { DemandError } from "./errors.ts";
import type { DemandKind } from "./rules.ts";

export type Reached = Pick<DemandContent, "lines" | "entities">;

/** The lines of business and the legal entities that are reached. Throws DemandError `unknown-place`, `beyond-kind`. */
export async function checkParts(
  { vault }: Pick<DemandsContext, "vault">,
  { barred }: Pick<DemandKind, "barred">,
  parts: readonly DemandPart[],
): Promise<Reached> {
  const beyond = parts.flatMap(({ classes }) => classes.filter((one) => barred.includes(one)));
  if (beyond.length > 0) throw new DemandError("beyond-kind", [...new Set(beyond)].join(", "));
  const subjects = await vault.loadForDecision(parts.map(({ customerId }) => ({ customerId })));
  const units = parts.flatMap(({ customerId, unitIds }) => {
    const theirs = subjects.find((one) => one.customerId === customerId)?.units.map(({ header }) => header) ?? [];
    const meant = theirs.filter(({ unitId }) => unitIds === null || unitIds.includes(unitId));
    if (meant.length === 0 || (unitIds !== null && meant.length !== unitIds.length))
      throw new DemandError("unknown-place");
    return meant;
  });
  for (const { customerId, recordIds } of parts)
    for (const recordId of recordIds ?? [])
      if ((await vault.loadRecords([customerId], { recordId })).length === 0) throw new DemandError("unknown-place");
  return {
    lines: [...new Set(units.map(({ line }) => line))],
    entities: [...new Set(units.map(({ entity }) => entity))],
  };
}

/** Throws DemandError `beyond-demand`. */
export function requireWithin(produced: readonly DemandPart[], named: readonly DemandPart[]): void {
  for (const part of produced) {
    const limits = named.filter(({ customerId }) => customerId === part.customerId);
    if (!limits.some((limit) => isWithin(part, limit))) throw new DemandError("beyond-demand");
  }
}

function isWithin(part: DemandPart, limit: DemandPart): boolean {
  return (
    part.classes.every((one: DataClass) => limit.classes.includes(one)) &&
    within(part.unitIds, limit.unitIds) &&
    within(part.recordIds, limit.recordIds)
  );
}

function within(asked: readonly Uuid[] | null, limit: readonly Uuid[] | null): boolean {
  return limit === null || (asked !== null && asked.every((id) => limit.includes(id)));
}

/**
 * INVARIANT: where a demand names a period, only records that somebody chose as those of it leave: when something took place is not the same field in every
 * record, and never guessed (45 CFR 164.512(e)(1)(i), (f)(1)(ii)(C): no more than is named).
 */
export function isNarrowed({ period, produced }: Pick<DemandContent, "period" | "produced">): boolean {
  if (period.from === null && period.to === null) return true;
  return produced.every(({ recordIds }) => recordIds !== null && recordIds.length > 0);
}

export function customersOf(parts: readonly DemandPart[]): Uuid[] {
  return [...new Set(parts.map(({ customerId }) => customerId))].toSorted();
}
