// Finds out what a decision rests on: who the customer is to the asker, and which of the customer's records are meant.
import { activeFlags, type Authenticated, type CustomerAuthority } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DecisionUnit, FieldType, StoredRecord } from "../vault/vault.ts";
import type { GateContext } from "./context.ts";
import { relationshipsOf, type Related } from "./relationships.ts";
import { isInHand, isWithinScope, unitFacts, type Held, type Situation } from "./situation.ts";

/** Null parts where the customer does not exist, or nothing about them can be believed. */
export interface Resolved {
  readonly customerId: Uuid;
  /** Null outside the asker's rows: such a question is decided blind. */
  readonly situation: Situation | null;
}

/**
 * In the order asked. `alongside` reads whatever else the decision rests on, at the same time as the units. INVARIANT: authority is read first. Its
 * revision is rechecked when the entry is sequenced, so a change of what is read after it makes the decision stale; a change of what had been read before
 * it would not.
 */
export async function resolve(
  context: GateContext,
  asker: Authenticated,
  customerIds: readonly Uuid[],
  alongside: () => Promise<unknown> = async () => {},
): Promise<Resolved[]> {
  const authorities = await context.access.authoritiesOf(customerIds);
  const [units, related] = await Promise.all([
    context.vault.loadUnits(customerIds),
    relationshipsOf(context, asker, authorities),
    alongside(),
  ]);
  return customerIds.map((customerId) => {
    const authority = authorities.get(customerId);
    const known = units.get(customerId);
    if (authority === undefined || known === undefined) return { customerId, situation: null };
    const situation = situationOf(context.clock.now(), asker, authority, {
      units: known,
      related: related.get(customerId) ?? [],
    });
    return {
      customerId,
      situation: situation !== null && isWithinScope(asker, situation) ? situation : null,
    };
  });
}

export async function hasInHand(
  context: GateContext,
  asker: Authenticated,
  customerId: Uuid,
  unitId: Uuid,
): Promise<boolean> {
  const [resolved] = await resolve(context, asker, [customerId]);
  const situation = resolved?.situation ?? null;
  const unit = situation?.units.get(unitId);
  if (situation === null || unit === undefined) return false;
  const facts = unitFacts(asker, situation, unit);
  return isInHand(facts) && facts.entityAllowed && facts.lineAllowed;
}

/** The customer's records of the fields' types. */
export async function recordsOf(
  context: Pick<GateContext, "vault">,
  customerIds: readonly Uuid[],
  fields: readonly FieldType[],
): Promise<Map<Uuid, StoredRecord[]>> {
  const recordTypes = [...new Set(fields.map((field) => field.record))];
  if (customerIds.length === 0 || recordTypes.length === 0) return new Map();
  const records = await context.vault.loadRecords(customerIds, { recordTypes });
  return Map.groupBy(records, ({ record }) => record.customerId);
}

/** Null when seal, MACs or digest of the customer's authority are not good: nothing may be decided on them. */
function situationOf(
  now: Date,
  asker: Authenticated,
  authority: CustomerAuthority,
  { units, related }: { readonly units: readonly DecisionUnit[]; readonly related: readonly Related[] },
): Situation | null {
  if (authority.state === null) return null;
  return {
    customerId: authority.customerId,
    revision: authority.revision,
    erased: authority.state.status === "erased",
    flags: new Set(activeFlags(authority.state, now)),
    held: heldBy(asker, authority, now),
    related,
    units: new Map(units.map(({ header }) => [header.unitId, header])),
  };
}

function heldBy(asker: Authenticated, authority: CustomerAuthority, now: Date): Held[] {
  return (authority.open ?? [])
    .filter(({ assigneeId }) => assigneeId === asker.principalId || asker.groups.includes(assigneeId))
    .filter(({ startsAt, endsAt }) => startsAt <= now && (endsAt === null || now < endsAt))
    .map(({ kind, unitId }) => ({ kind, unitId }));
}
