// Passkeys of a recipient's own people: made after a code, used for later rooms, ended at once by either of those who answer for recipients.
import type { Actor, AlsoWrite } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { changeRecipient, standing } from "./change.ts";
import type { RecipientsContext } from "./context.ts";
import { RecipientsError } from "./errors.ts";
import { RECIPIENT_PASSKEY, type RecipientPasskeyContent, type RecipientPasskeyRow } from "./passkey-row.ts";

const PASSKEYS_MAX = 20;

/** The server writes it down: whoever makes one is nobody it knows. Throws RecipientsError `wrong-state`, `too-many`. */
export async function addPasskey(
  context: RecipientsContext,
  { recipientId, content }: { readonly recipientId: Uuid; readonly content: RecipientPasskeyContent },
): Promise<Uuid> {
  const passkeyId = newId();
  await changeRecipient(context, {
    recipientId,
    action: "package.pick-up",
    actor: context.access.system,
    id: passkeyId,
    detail: { passkey: passkeyId, package: content.packageId },
    make: ({ live, recipient, now }) => {
      const held = standing(recipient, "active");
      if (held.content.contact !== content.contact) throw new RecipientsError("wrong-state");
      if (live.of(RECIPIENT_PASSKEY, now).length >= PASSKEYS_MAX) throw new RecipientsError("too-many");
      return [putRow(RECIPIENT_PASSKEY, { rowId: passkeyId, content })];
    },
  });
  return passkeyId;
}

/** Its counter moved on. INVARIANT: from what stood when the signature was checked, so that one signature moves it once. */
export async function movePasskey(context: RecipientsContext, { recipientId, row, moved }: Moving): Promise<void> {
  await changeRecipient(context, {
    recipientId,
    action: "package.pick-up",
    actor: context.access.system,
    id: row.rowId,
    detail: { passkey: row.rowId, used: true },
    make: ({ live, recipient, now }) => {
      const { contact } = standing(recipient, "active").content;
      const held = live.of(RECIPIENT_PASSKEY, now).find(({ rowId }) => rowId === row.rowId);
      if (held?.revision !== row.revision || held.content.contact !== contact)
        throw new RecipientsError("unknown-passkey");
      return [putRow(RECIPIENT_PASSKEY, { ...held, content: { ...held.content, ...moved } })];
    },
  });
}

interface Moving {
  readonly recipientId: Uuid;
  readonly row: RecipientPasskeyRow;
  readonly moved: Pick<RecipientPasskeyContent, "counter" | "isBackedUp" | "usedAt">;
}

export async function endPasskey(
  context: RecipientsContext,
  { recipientId, rowId }: { readonly recipientId: Uuid; readonly rowId: Uuid },
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  await changeRecipient(context, {
    recipientId,
    action: "recipient.stop",
    actor,
    also,
    id: rowId,
    detail: { passkey: rowId, ended: true },
    make: ({ live, recipient, now }) => {
      standing(recipient);
      if (!live.of(RECIPIENT_PASSKEY, now).some((row) => row.rowId === rowId))
        throw new RecipientsError("unknown-passkey");
      return [{ end: rowId }];
    },
  });
}
