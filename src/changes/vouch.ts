// Where nobody can be sent a code, two people look at a document instead: for the first contact of somebody who has none, and for whoever has a protection order.
import type { Actor, AlsoWrite } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { AtChange, ChangesContext } from "./context.ts";
import { ChangesError } from "./errors.ts";
import { isUnderOrder } from "./may-still.ts";
import { assertOpen, readChange, takeStep } from "./settle-change.ts";

interface Vouchable {
  readonly customerId: Uuid;
  readonly recordType: string;
  /** Null for a record that is to be added. */
  readonly stored: object | null;
  readonly documentId?: Uuid | null;
}

/**
 * INVARIANT: a person asks, for a first contact alone, of somebody who has neither a contact of their own on file nor another address: whoever has one is
 * asked there. What comes of it proves nothing for three days more (hasSettled). Under a protection order any change of a privacy officer's rests on it, since no
 * contact on file is asked then (old-contact.ts).
 */
export async function mayBeVouchedFor(
  context: ChangesContext,
  { customerId, recordType, stored, documentId }: Vouchable,
  { kind }: Pick<Actor, "kind">,
): Promise<boolean> {
  if (kind !== "staff" || documentId == null) return false;
  if (!(await context.preferences.mayUseContacts(customerId))) return false;
  if (await isUnderOrder(context, customerId)) return isDocument(context, customerId, documentId);
  if (recordType !== "contact" || stored !== null) return false;
  const contacts = await context.vault.loadRecords([customerId], { recordTypes: ["contact"] });
  if (contacts.some(({ unit }) => unit.header.kind === "relationship")) return false;
  return isDocument(context, customerId, documentId);
}

/**
 * The second person has seen the document. Throws ChangesError `unknown-change` also where the document is gone or none was named, `own-change`,
 * `already-confirmed`; AccessError `not-permitted`, recorded.
 */
export async function vouchForChange(
  context: ChangesContext,
  at: AtChange,
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  const { content } = await readChange(context, at);
  const { documentId, askedBy } = content;
  if (documentId === null || !(await isDocument(context, at.customerId, asId(documentId))))
    throw new ChangesError("unknown-change");
  const isAsker = await context.access.isActor(context.database, actor, [askedBy]);
  await takeStep(context, {
    at,
    actor,
    also,
    to: null,
    action: "change.vouch",
    make: (row) => {
      // INVARIANT: who asks is not who vouches, as whatever principal of theirs (architecture, promise 6).
      if (isAsker) throw new ChangesError("own-change");
      assertOpen(context, row);
      const confirmedAt = context.clock.now().toISOString();
      return { row: { ...row, content: { ...row.content, confirmedAt, vouchedBy: actor.principalId } }, result: null };
    },
    detail: () => ({ document: documentId, vouchedFor: askedBy }),
  });
}

async function isDocument({ vault }: ChangesContext, customerId: Uuid, recordId: Uuid): Promise<boolean> {
  const [stored] = await vault.loadRecords([customerId], { recordId });
  return stored?.record.recordType === "document";
}
