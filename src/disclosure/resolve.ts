// Finds out what a decision rests on: who the customer is to the asker, and which of the customer's records are meant.
import { activeFlags, type Authenticated, type CustomerAuthority } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { CustomerFile, FieldType, StoredRecord } from "../vault/vault.ts";
import type { GateContext } from "./context.ts";
import { relationshipsOf, type Related } from "./relationships.ts";
import { saidNoIn } from "./said-no.ts";
import { isInHand, isWithinScope, unitFacts, type Held, type Situation } from "./situation.ts";

/** Null parts where the customer does not exist, or nothing about them can be believed. */
export interface Resolved {
  readonly customerId: Uuid;
  /** Null outside the asker's rows: such a question is decided blind. */
  readonly situation: Situation | null;
  /** Of the types asked for; nothing is decided on them where there is no situation. */
  readonly records: readonly StoredRecord[];
}

/** In the order asked, with the records of these types. */
export async function resolve(
  context: GateContext,
  asker: Authenticated,
  customerIds: readonly Uuid[],
  recordTypes: readonly string[] = [],
): Promise<Resolved[]> {
  const read = await context.readCustomers(customerIds, recordTypes);
  const authorities = read.flatMap(({ authority }) => authority ?? []);
  const related = asker.customerId === null ? null : await relationshipsOf(context, asker, authorities);
  const now = context.clock.now();
  return read.map(({ customerId, authority, file }) => {
    if (authority === undefined || file === null) return { customerId, situation: null, records: [] };
    const situation = situationOf(now, asker, authority, { file, related: related?.get(customerId) ?? [] });
    const isKnown = situation !== null && isWithinScope(asker, situation);
    return { customerId, situation: isKnown ? situation : null, records: file.records };
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

export function typesOf(fields: readonly FieldType[]): string[] {
  return [...new Set(fields.map((field) => field.record))];
}

/** The customer's records of the fields' types. */
export async function recordsOf(
  context: Pick<GateContext, "vault">,
  customerIds: readonly Uuid[],
  fields: readonly FieldType[],
  page?: { readonly after: Uuid | null; readonly limit: number },
): Promise<Map<Uuid, StoredRecord[]>> {
  const recordTypes = typesOf(fields);
  if (customerIds.length === 0 || recordTypes.length === 0) return new Map();
  const after = page?.after ?? null;
  const records = await context.vault.loadRecords(customerIds, { recordTypes, ...(after === null ? {} : { after }) });
  return Map.groupBy(records.slice(0, page?.limit), ({ record }) => record.customerId);
}

const NO_DISPUTES: Situation["disputes"] = [];

/** Null when seal, MACs or digest of the customer's authority are not good: nothing may be decided on them. */
function situationOf(
  now: Date,
  asker: Authenticated,
  authority: CustomerAuthority,
  { file, related }: { readonly file: CustomerFile; readonly related: readonly Related[] },
): Situation | null {
  if (authority.state === null) return null;
  return {
    customerId: authority.customerId,
    revision: authority.revision,
    erased: authority.state.status === "erased",
    flags: new Set(activeFlags(authority.state, now)),
    saidNo: saidNoIn(authority.state.flags, now),
    disputes: authority.state.disputes ?? NO_DISPUTES,
    held: heldBy(asker, authority, now),
    related,
    units: new Map(file.units.map(({ header }) => [header.unitId, header])),
  };
}

function heldBy(asker: Authenticated, authority: CustomerAuthority, now: Date): Held[] {
  return (authority.open ?? [])
    .filter(({ assigneeId }) => assigneeId === asker.principalId || asker.groups.includes(assigneeId))
    .filter(({ startsAt, endsAt }) => startsAt <= now && (endsAt === null || now < endsAt))
    .map(({ kind, unitId }) => ({ kind, unitId }));
}
