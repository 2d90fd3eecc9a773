// Taking a recipient into the register and out of it again.
import type { Actor, AlsoWrite } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import { changeRecipient, requireOther, standing } from "./change.ts";
import { CONTRACT } from "./contract-row.ts";
import type { RecipientsContext } from "./context.ts";
import { RecipientsError } from "./errors.ts";
import { KEY } from "./key-row.ts";
import {
  type ExitCertificate,
  needsContract,
  RECIPIENT,
  type RecipientContent,
  type RecipientDetails,
  type RecipientRow,
} from "./recipient-row.ts";

export async function requestRecipient(
  context: RecipientsContext,
  details: RecipientDetails,
  actor: Actor,
  also?: AlsoWrite,
): Promise<Uuid> {
  const recipientId = newId();
  await changeRecipient(context, {
    recipientId,
    action: "recipient.request",
    actor,
    also,
    id: recipientId,
    detail: { registered: details.type },
    make: ({ now }) => [
      putRow(RECIPIENT, { rowId: recipientId, content: requested({ details, before: null }, actor, now) }),
    ],
  });
  return recipientId;
}

/** What changes of a recipient waits for a second person, and nothing is sent meanwhile. Also how a suspended one comes back. */
export async function changeDetails(
  context: RecipientsContext,
  { recipientId, details }: { readonly recipientId: Uuid; readonly details: RecipientDetails },
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  await changeRecipient(context, {
    recipientId,
    action: "recipient.request",
    actor,
    also,
    id: recipientId,
    detail: { changed: details.type },
    make: ({ recipient, now }) => {
      const row = standing(recipient, "requested", "active", "suspended");
      return [putRow(RECIPIENT, { ...row, content: requested({ details, before: row.content }, actor, now) })];
    },
  });
}

export async function approveRecipient(
  context: RecipientsContext,
  recipientId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  const asked = await find(context, recipientId);
  await changeRecipient(context, {
    recipientId,
    action: "recipient.approve",
    actor,
    also,
    id: recipientId,
    check: async () => {
      if (asked !== null) await requireOther(context, actor, asId(asked.content.requestedBy));
    },
    make: ({ live, recipient, now }) => {
      const row = standing(recipient, "requested");
      // Whoever asked meanwhile may be somebody else than the one compared with.
      if (row.revision !== asked?.revision) throw new RecipientsError("wrong-state");
      // INVARIANT: contract before access; a mandate is enough where the recipient is a public authority.
      if (needsContract(row.content) && live.of(CONTRACT, now).length === 0) throw new RecipientsError("no-contract");
      const approved = { approvedBy: actor.principalId, approvedAt: now.toISOString(), state: "active" } as const;
      return [putRow(RECIPIENT, { ...row, content: { ...row.content, ...approved } })];
    },
  });
}

export async function suspendRecipient(
  context: RecipientsContext,
  recipientId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  await changeRecipient(context, {
    recipientId,
    action: "recipient.stop",
    actor,
    also,
    id: recipientId,
    make: ({ recipient }) => {
      const row = standing(recipient, "active", "requested");
      return [putRow(RECIPIENT, { ...row, content: { ...row.content, state: "suspended" } })];
    },
  });
}

/** Contracts and keys end with it; the recipient stays in the register, with the certificate of what became of what it was given. */
export async function endRecipient(
  context: RecipientsContext,
  { recipientId, exit }: { readonly recipientId: Uuid; readonly exit: Pick<ExitCertificate, "method" | "reference"> },
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  await changeRecipient(context, {
    recipientId,
    action: "recipient.stop",
    actor,
    also,
    id: recipientId,
    detail: { exit: exit.method },
    make: ({ live, recipient, now }) => {
      const row = standing(recipient, "requested", "active", "suspended");
      const certificate: ExitCertificate = { ...exit, at: now.toISOString(), by: actor.principalId };
      const content: RecipientContent = { ...row.content, state: "ended", exit: certificate };
      const ends = [...live.of(CONTRACT, now), ...live.of(KEY, now)].map(({ rowId }) => ({ end: rowId }));
      return [putRow(RECIPIENT, { ...row, content }), ...ends];
    },
  });
}

async function find({ authority, database }: RecipientsContext, recipientId: Uuid): Promise<RecipientRow | null> {
  return (await authority.live(database, RECIPIENT, recipientId))[0] ?? null;
}

interface Stated {
  readonly details: RecipientDetails;
  readonly before: RecipientContent | null;
}

function requested({ details, before }: Stated, actor: Actor, now: Date): RecipientContent {
  return {
    ...details,
    identityClientSecret: secretOf(details, before),
    state: "requested",
    requestedBy: actor.principalId,
    requestedAt: now.toISOString(),
    approvedBy: null,
    approvedAt: null,
    exit: null,
  };
}

/** INVARIANT: a secret goes to the provider that it was told for, and to no other. */
function secretOf(details: RecipientDetails, before: RecipientContent | null): string | null {
  const { identityProvider, identityClientId, identityClientSecret } = details;
  if (identityProvider === null || identityClientId === null) return null;
  if (identityClientSecret !== undefined) return identityClientSecret;
  const isSame = before?.identityProvider === identityProvider && before.identityClientId === identityClientId;
  return isSame ? before.identityClientSecret : null;
}
