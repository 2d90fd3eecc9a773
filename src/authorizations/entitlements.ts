// Tells the gate which authorizations of a customer are in force for the purpose and the recipient of a question.
import type { AuthorityRows } from "../authority/authority.ts";
import type { Entitlement, GatherEntitlements } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database } from "../postgres/database.ts";
import { AUTHORIZATION, type AuthorizationRow, isInForce } from "./authorization-row.ts";
import { type AuthorizationForm, coversSpecialHealth } from "./forms.ts";

export interface GatheringParts {
  readonly authority: Pick<AuthorityRows, "liveOfMany">;
  readonly database: Database;
  readonly clock: Clock;
  readonly forms: ReadonlyMap<string, AuthorizationForm>;
  /** Under whose law a legal entity holds data. */
  readonly jurisdictionOf: (entity: string) => string;
  readonly areOnePerson: (one: Uuid, other: Uuid) => Promise<boolean>;
}

type Terms = Parameters<GatherEntitlements>[2];

/** INVARIANT: customers whose rows do not verify have authorized nothing, and nobody rests on a paper that they captured themselves. */
export function gatherAuthorizations(parts: GatheringParts): GatherEntitlements {
  const { authority, database, clock } = parts;
  return async (asker, customers, terms) => {
    if (terms.basis !== "authorization") return new Map();
    const ids = customers.map(({ customerId }) => customerId);
    const found = await authority.liveOfMany(database, [AUTHORIZATION], ids);
    const now = clock.now();
    const entitled = new Map<Uuid, readonly Entitlement[]>();
    for (const [customerId, live] of found) {
      const rows = (live?.of(AUTHORIZATION, now) ?? []).filter((row) => isInForce(row, now) && isFor(row, terms));
      const theirs = [];
      for (const row of rows) if (!(await isOwnCapture(parts, asker, row))) theirs.push(entitlementOf(parts, row));
      entitled.set(customerId, theirs);
    }
    return entitled;
  };
}

function isFor({ content }: AuthorizationRow, { purpose, recipient }: Terms): boolean {
  const type = recipient?.type ?? "none";
  return (
    content.purposes.includes(purpose) &&
    content.recipients.some(
      (one) => one.type === type && (one.recipientId === null || one.recipientId === recipient?.recipientId),
    )
  );
}

/** What a customer signed in the portal is nobody's capture but theirs. */
async function isOwnCapture(
  { areOnePerson }: GatheringParts,
  asker: Parameters<GatherEntitlements>[0],
  { content: { given } }: AuthorizationRow,
): Promise<boolean> {
  if (given === null || given.documentId === null) return false;
  const askers = [asker.principalId, ...(asker.via === undefined ? [] : [asker.via])];
  for (const one of askers) if (one === given.recordedBy || (await areOnePerson(one, given.recordedBy))) return true;
  return false;
}

function entitlementOf({ forms, jurisdictionOf }: GatheringParts, { rowId, content }: AuthorizationRow): Entitlement {
  const { classes, unitIds, recordIds } = content;
  const form = forms.get(content.form);
  return {
    kind: "authorization",
    id: rowId,
    agreedAt: content.given?.signedAt ?? null,
    paperId: content.given?.documentId ?? null,
    classes,
    unitIds,
    recordIds,
    psychotherapyNotes: form?.psychotherapyNotes === true,
    specialHealth: (entity) => form !== undefined && coversSpecialHealth(form, jurisdictionOf(entity)),
    isWithheld: false,
  };
}
