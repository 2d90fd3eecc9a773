// The register of recipients: whom something may be given to, under which contract, and by which key.
import type { Actor, AlsoWrite } from "../access/access.ts";
import type { LiveRows } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { changeDetails, approveRecipient, endRecipient, requestRecipient, suspendRecipient } from "./onboard.ts";
import { CONTRACT, type ContractRow, type ContractTerms } from "./contract-row.ts";
import { approvePart, CONTRACT_PART, endPart, KEY_PART, requestContract, requestKey } from "./contracts.ts";
import type { RecipientsContext } from "./context.ts";
import type { IssuedCount } from "../tokens/tokens.ts";
import { READS } from "./change.ts";
import { RecipientsError } from "./errors.ts";
import { givenTokens, retireTokens } from "./given-tokens.ts";
import { KEY, type KeyRow } from "./key-row.ts";
import { RECIPIENT_PASSKEY, type RecipientPasskeyRow } from "./passkey-row.ts";
import { addPasskey, endPasskey, movePasskey } from "./passkeys.ts";
import { type ExitCertificate, RECIPIENT, type RecipientDetails, type RecipientRow } from "./recipient-row.ts";
import { type Registered, standingOf } from "./standing.ts";

export { CONTRACT_KINDS, isInForce } from "./contract-row.ts";
export type { ContractRow, ContractTerms } from "./contract-row.ts";
export { fingerprintOf, type KeyRow } from "./key-row.ts";
export type { RecipientPasskeyRow } from "./passkey-row.ts";
export { needsContract } from "./recipient-row.ts";
export type { RecipientDetails, RecipientRow, RecipientState } from "./recipient-row.ts";
export { RecipientsError, type RecipientsErrorCode } from "./errors.ts";
export type { Registered } from "./standing.ts";

export interface RecipientFile {
  readonly recipient: RecipientRow;
  readonly contracts: readonly ContractRow[];
  readonly keys: readonly KeyRow[];
  /** Those that count: made by whoever holds the contact that is registered now. */
  readonly passkeys: readonly RecipientPasskeyRow[];
}

export interface RecipientPage {
  readonly items: readonly RecipientFile[];
  readonly next: Uuid | null;
}

interface Part {
  readonly recipientId: Uuid;
  readonly rowId: Uuid;
}

/** Writes throw RecipientsError, AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Recipients {
  request(details: RecipientDetails, actor: Actor, also?: AlsoWrite): Promise<Uuid>;
  change(
    asked: { readonly recipientId: Uuid; readonly details: RecipientDetails },
    actor: Actor,
    also?: AlsoWrite,
  ): Promise<void>;
  approve(recipientId: Uuid, actor: Actor, also?: AlsoWrite): Promise<void>;
  suspend(recipientId: Uuid, actor: Actor, also?: AlsoWrite): Promise<void>;
  end(
    asked: { readonly recipientId: Uuid; readonly exit: Pick<ExitCertificate, "method" | "reference"> },
    actor: Actor,
    also?: AlsoWrite,
  ): Promise<void>;
  requestContract(
    asked: { readonly recipientId: Uuid; readonly terms: ContractTerms },
    actor: Actor,
    also?: AlsoWrite,
  ): Promise<Uuid>;
  approveContract(at: Part, actor: Actor, also?: AlsoWrite): Promise<void>;
  endContract(at: Part, actor: Actor, also?: AlsoWrite): Promise<void>;
  requestKey(
    asked: { readonly recipientId: Uuid; readonly publicKey: string },
    actor: Actor,
    also?: AlsoWrite,
  ): Promise<Uuid>;
  approveKey(at: Part, actor: Actor, also?: AlsoWrite): Promise<void>;
  endKey(at: Part, actor: Actor, also?: AlsoWrite): Promise<void>;
  /** By whoever opened a room with a code; the server itself writes it down. */
  addPasskey(asked: Parameters<typeof addPasskey>[1]): Promise<Uuid>;
  /** It was used. Throws RecipientsError `unknown-passkey` where it is not what was checked any longer. */
  movePasskey(asked: Parameters<typeof movePasskey>[1]): Promise<void>;
  endPasskey(at: Part, actor: Actor, also?: AlsoWrite): Promise<void>;
  /** By field, purpose and style: never a token. Throws RecipientsError `unknown-recipient`. */
  givenTokens(recipientId: Uuid): Promise<readonly IssuedCount[]>;
  retireTokens(
    asked: { readonly recipientId: Uuid; readonly field: string },
    actor: Actor,
    also?: AlsoWrite,
  ): Promise<void>;
  page(page: { readonly after: Uuid | null; readonly limit: number }): Promise<RecipientPage>;
  /** Contracts in force or asked for that end before then, of all recipients. */
  contractsEnding(before: Date, limit: number): Promise<readonly ContractRow[]>;
  /** Throws RecipientsError `unknown-recipient`. */
  file(recipientId: Uuid): Promise<RecipientFile>;
  /** How it stands now, for the gate; null where there is none, or what is stored does not verify. Read anew each time. */
  standing(recipientId: Uuid): Promise<Registered | null>;
}

export function openRecipients(context: RecipientsContext): Recipients {
  return {
    request: (details, actor, also) => requestRecipient(context, details, actor, also),
    change: (asked, actor, also) => changeDetails(context, asked, actor, also),
    approve: (recipientId, actor, also) => approveRecipient(context, recipientId, actor, also),
    suspend: (recipientId, actor, also) => suspendRecipient(context, recipientId, actor, also),
    end: (asked, actor, also) => endRecipient(context, asked, actor, also),
    requestContract: (asked, actor, also) => requestContract(context, asked, actor, also),
    approveContract: (at, actor, also) => approvePart({ context, part: CONTRACT_PART }, at, actor, also),
    endContract: (at, actor, also) => endPart({ context, part: CONTRACT_PART }, at, actor, also),
    requestKey: (asked, actor, also) => requestKey(context, asked, actor, also),
    approveKey: (at, actor, also) => approvePart({ context, part: KEY_PART }, at, actor, also),
    endKey: (at, actor, also) => endPart({ context, part: KEY_PART }, at, actor, also),
    addPasskey: (asked) => addPasskey(context, asked),
    movePasskey: (asked) => movePasskey(context, asked),
    endPasskey: (at, actor, also) => endPasskey(context, at, actor, also),
    givenTokens: (recipientId) => givenTokens(context, recipientId),
    retireTokens: (asked, actor, also) => retireTokens(context, asked, actor, also),
    page: (page) => pageOf(context, page),
    contractsEnding: async (before, limit) => {
      const { authority, clock, database } = context;
      const page = { state: "live", after: null, limit } as const;
      const { rows } = await authority.page(database, CONTRACT, page);
      return rows.filter(({ endsAt }) => endsAt !== null && endsAt > clock.now() && endsAt < before);
    },
    file: (recipientId) => fileOf(context, recipientId),
    standing: (recipientId) => standingOf(context, recipientId),
  };
}

function partsOf(recipient: RecipientRow, live: LiveRows | null, now: Date): RecipientFile {
  // Of what does not verify nothing counts; the row itself verified on its own.
  if (live === null) return { recipient, contracts: [], keys: [], passkeys: [] };
  const passkeys = live
    .of(RECIPIENT_PASSKEY, now)
    .filter(({ content }) => content.contact === recipient.content.contact);
  return { recipient, contracts: live.of(CONTRACT, now), keys: live.of(KEY, now), passkeys };
}

async function pageOf(
  { authority, database, clock }: RecipientsContext,
  page: { readonly after: Uuid | null; readonly limit: number },
): Promise<RecipientPage> {
  const { rows, next } = await authority.page(database, RECIPIENT, { state: "live", ...page });
  const types = READS.map((kind) => ({ kind }));
  const live = await authority.liveOfMany(
    database,
    types,
    rows.map(({ rowId }) => rowId),
  );
  const now = clock.now();
  const items = rows.map((recipient) => partsOf(recipient, live.get(recipient.rowId) ?? null, now));
  return { items, next };
}

async function fileOf({ authority, database, clock }: RecipientsContext, recipientId: Uuid): Promise<RecipientFile> {
  const types = READS.map((kind) => ({ kind }));
  const live = (await authority.liveOfMany(database, types, [recipientId])).get(recipientId) ?? null;
  const now = clock.now();
  const [recipient] = live?.of(RECIPIENT, now) ?? [];
  if (live === null || recipient === undefined) throw new RecipientsError("unknown-recipient");
  return partsOf(recipient, live, now);
}
