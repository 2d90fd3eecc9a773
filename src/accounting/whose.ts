// Whose list somebody may read: their own, or that of a customer for whom they have the whole authority; and the entry of each reading.
import { type Authenticated, viaOf } from "../access/access.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { EntryDraft, Sequenced } from "../ledger/ledger.ts";
import type { AccountingContext } from "./context.ts";
import { AccountingError } from "./errors.ts";

/** Part of an authority is no right to a list that speaks of everything. */
async function mayRead(
  { access, gate }: AccountingContext,
  asker: Authenticated,
  { customerId, byStaff }: Pick<Reading, "customerId" | "byStaff">,
): Promise<boolean> {
  if (asker.kind !== "customer") return byStaff === true && access.may(asker, "accounting.read");
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
  /** Whose office it is may have it as well, to send it on paper: the customer's own list, and nothing more. */
  readonly byStaff?: true;
}

/** Written down before it is answered, refused or not. Throws AccountingError `unknown-list`, `busy`. */
export async function recordedReading(
  context: AccountingContext,
  asker: Authenticated,
  { byStaff, ...reading }: Reading,
  isThere = true,
): Promise<Sequenced> {
  const about = { customerId: reading.customerId, ...(byStaff === undefined ? {} : { byStaff }) };
  const isAllowed = isThere && (await mayRead(context, asker, about));
  const isOwn = asker.kind === "customer";
  const draft: EntryDraft = {
    ...reading,
    entryId: newId(),
    outcome: isAllowed ? "allowed" : "denied",
    actorId: asker.principalId,
    recipientId: null,
    purpose: isOwn ? "data-subject-request" : null,
    basis: isOwn ? "rights-request" : "role-duty",
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
