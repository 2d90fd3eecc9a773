// Whose list somebody may read: their own, or that of a customer for whom they have the whole authority; and the entry of each reading.
import { type Authenticated, viaOf } from "../access/access.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { EntryDraft, Sequenced } from "../ledger/ledger.ts";
import type { AccountingContext } from "./context.ts";
import { AccountingError } from "./errors.ts";

/** Part of an authority is no right to a list that speaks of everything. */
async function mayRead({ gate }: AccountingContext, asker: Authenticated, customerId: Uuid): Promise<boolean> {
  if (asker.kind !== "customer") return false;
  if (asker.customerId === customerId) return true;
  return (await gate.standsFor(asker)).some(
    (one) =>
      one.customerId === customerId && one.as === "representative" && one.unitIds === null && one.classes === null,
  );
}

export interface Reading {
  readonly kind: "accounting-read" | "opening-read";
  readonly customerId: Uuid;
  readonly detail: { readonly [key: string]: Json };
}

/** Written down before it is answered, refused or not. Throws AccountingError `unknown-list`, `busy`. */
export async function recordedReading(
  context: AccountingContext,
  asker: Authenticated,
  reading: Reading,
  isThere = true,
): Promise<Sequenced> {
  const isAllowed = isThere && (await mayRead(context, asker, reading.customerId));
  const draft: EntryDraft = {
    ...reading,
    entryId: newId(),
    outcome: isAllowed ? "allowed" : "denied",
    actorId: asker.principalId,
    recipientId: null,
    purpose: "data-subject-request",
    basis: "rights-request",
    classes: [],
    withheld: false,
    detail: { ...reading.detail, ...viaOf(asker), role: asker.role, actorRevision: asker.revision },
    guard: { actorRevision: asker.revision, customerRevision: null, policyRevision: null },
  };
  const sequenced = await context.ledger.append(draft);
  if (sequenced === null) throw new AccountingError("busy");
  if (!isAllowed) throw new AccountingError(isThere ? "unknown-list" : "unknown-line");
  return sequenced;
}
