// Contracts and keys of a recipient: asked for by one, approved by another, ended by either at once.
import type { Actor, AlsoWrite } from "../access/access.ts";
import { putRow, type RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { asId, newId } from "../kernel/ids.ts";
import { changeRecipient, requireOther, standing } from "./change.ts";
import { CONTRACT, type ContractContent, type ContractTerms } from "./contract-row.ts";
import type { RecipientsContext } from "./context.ts";
import { RecipientsError, type RecipientsErrorCode } from "./errors.ts";
import { checkedKind, KEY, type KeyContent } from "./key-row.ts";

const CONTRACTS_MAX = 200;
const KEYS_MAX = 20;

interface Of {
  readonly recipientId: Uuid;
}

/** A wider contract is a new one, and waits for a second person like any other. Throws RecipientsError `bad-period`, `too-many`. */
export async function requestContract(
  context: RecipientsContext,
  { recipientId, terms }: Of & { readonly terms: ContractTerms },
  actor: Actor,
  also?: AlsoWrite,
): Promise<Uuid> {
  const contractId = newId();
  const endsAt = terms.endsAt === null ? null : new Date(terms.endsAt);
  await changeRecipient(context, {
    recipientId,
    action: "recipient.request",
    actor,
    also,
    id: contractId,
    detail: { contract: contractId, purposes: terms.purposes, covers: terms.classes },
    make: ({ live, recipient, now }) => {
      standing(recipient, "requested", "active", "suspended");
      if (![new Date(terms.startsAt), ...(endsAt === null ? [] : [endsAt])].every(isWritable))
        throw new RecipientsError("bad-period");
      if (endsAt !== null && (endsAt <= now || endsAt <= new Date(terms.startsAt)))
        throw new RecipientsError("bad-period");
      if (live.of(CONTRACT, now).length >= CONTRACTS_MAX) throw new RecipientsError("too-many");
      const content: ContractContent = { ...terms, ...askedFor(actor, now) };
      return [putRow(CONTRACT, { rowId: contractId, endsAt, content })];
    },
  });
  return contractId;
}

/** In four digits of the year (RFC 3339, section 1): an offset may carry what was sent beyond them. */
function isWritable(at: Date): boolean {
  const year = at.getUTCFullYear();
  return year >= 1900 && year <= 9999;
}

/** Throws RecipientsError `bad-key`, `too-many`. */
export async function requestKey(
  context: RecipientsContext,
  { recipientId, publicKey }: Of & { readonly publicKey: string },
  actor: Actor,
  also?: AlsoWrite,
): Promise<Uuid> {
  const kind = await checkedKind(publicKey);
  const keyId = newId();
  await changeRecipient(context, {
    recipientId,
    action: "recipient.request",
    actor,
    also,
    id: keyId,
    detail: { key: keyId, keyKind: kind },
    make: ({ live, recipient, now }) => {
      standing(recipient, "requested", "active", "suspended");
      if (live.of(KEY, now).length >= KEYS_MAX) throw new RecipientsError("too-many");
      const content: KeyContent = { kind, publicKey, ...askedFor(actor, now) };
      return [putRow(KEY, { rowId: keyId, content })];
    },
  });
  return keyId;
}

interface AskedFor {
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
}

type Asked = { readonly [key: string]: Json | undefined } & AskedFor;

function askedFor(actor: Actor, now: Date) {
  return { requestedBy: actor.principalId, requestedAt: now.toISOString(), approvedBy: null, approvedAt: null };
}

interface Part<Content extends Asked> {
  readonly type: RowType<Content>;
  readonly name: "contract" | "key";
  readonly unknown: RecipientsErrorCode;
}
interface PartOf<Content extends Asked> {
  readonly context: RecipientsContext;
  readonly part: Part<Content>;
}
export const CONTRACT_PART: Part<ContractContent> = { type: CONTRACT, name: "contract", unknown: "unknown-contract" };
export const KEY_PART: Part<KeyContent> = { type: KEY, name: "key", unknown: "unknown-key" };

/** Of what was asked for and never changes: only its approval is added. */
export async function approvePart<Content extends Asked>(
  { context, part }: PartOf<Content>,
  { recipientId, rowId }: Of & { readonly rowId: Uuid },
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  const { authority, database } = context;
  const asked = (await authority.live(database, part.type, recipientId)).find((row) => row.rowId === rowId);
  await changeRecipient(context, {
    recipientId,
    action: "recipient.approve",
    actor,
    also,
    id: rowId,
    detail: { [part.name]: rowId },
    check: async () => {
      if (asked !== undefined) await requireOther(context, actor, asId(asked.content.requestedBy));
    },
    make: ({ live, recipient, now }) => {
      standing(recipient, "requested", "active", "suspended");
      const row = live.of(part.type, now).find((each) => each.rowId === rowId);
      if (row === undefined) throw new RecipientsError(part.unknown);
      if (row.content.approvedBy !== null) throw new RecipientsError("already-approved");
      const content = { ...row.content, approvedBy: actor.principalId, approvedAt: now.toISOString() };
      return [putRow(part.type, { ...row, content })];
    },
  });
}

export async function endPart<Content extends Asked>(
  { context, part }: PartOf<Content>,
  { recipientId, rowId }: Of & { readonly rowId: Uuid },
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  await changeRecipient(context, {
    recipientId,
    action: "recipient.stop",
    actor,
    also,
    id: rowId,
    detail: { [part.name]: rowId, ended: true },
    make: ({ live, recipient, now }) => {
      standing(recipient);
      if (!live.of(part.type, now).some((row) => row.rowId === rowId)) throw new RecipientsError(part.unknown);
      return [{ end: rowId }];
    },
  });
}
