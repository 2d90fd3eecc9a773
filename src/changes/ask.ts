// A change that has to wait: written down, and a code sent to the contact as it was before.
import { type Actor, type AlsoWrite, type Authenticated, viaOf } from "../access/access.ts";
import { putRow, type RowChange, type WrittenAuthority } from "../authority/authority.ts";
import { newCode, spend } from "../codes/codes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Language } from "../mail/mail.ts";
import type { Transaction } from "../postgres/database.ts";
import { VaultError } from "../vault/vault.ts";
import { CHANGE, type ChangeContent, isConfirmed } from "./change-row.ts";
import type { ChangesContext } from "./context.ts";
import { ChangesError } from "./errors.ts";
import { givenChange, givenRecord } from "./given-change.ts";
import { TO, VALUES } from "./letter.ts";
import { actionOf, forOwnRequest, isForbidden, isOnCall } from "./may-still.ts";
import { type OldContact, oldContact } from "./old-contact.ts";
import { mayBeVouchedFor } from "./vouch.ts";

export interface ChangeRequest {
  readonly customerId: Uuid;
  readonly unitId: Uuid;
  readonly recordType: string;
  /** The record as it was read; null for one that is to be added. */
  readonly stored: { readonly recordId: Uuid; readonly revision: number } | null;
  /** Null for a record that is to be added. */
  readonly expectedRevision: number | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly reason: string | null;
  /** As it is sealed. */
  readonly origin?: string | undefined;
  readonly language: Language;
  /** A record of the customer, of type document, by which the asker knows who they are: counts where nobody can be asked (vouch.ts). */
  readonly documentId?: Uuid | null;
  /** The customer's own request that it was granted on; the asker is the server then. */
  readonly serves?: Serving;
}

export interface Serving {
  readonly requestId: Uuid;
  /** Writes what waits with the request's own row, which says so: rows of one owner change once a transaction. */
  readonly put: (
    tx: Transaction,
    made: { readonly act: Uuid; readonly changeId: Uuid; readonly row: RowChange },
  ) => Promise<readonly WrittenAuthority[]>;
}

export interface Waiting {
  readonly changeId: Uuid;
  readonly effectiveAt: Date;
  readonly isConfirmed: boolean;
}

export type Asker = Actor & Pick<Authenticated, "customerId">;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** With five tries a code: what somebody can guess at one customer a day. */
const A_DAY_MAX = 5;

/**
 * `also` is told the entry, the change, and of a record that is to be added its id. Throws ChangesError, VaultError, MailError `not-configured`, CodesError
 * `too-many`, GateError.
 */
export async function askChange(
  context: ChangesContext,
  asked: ChangeRequest,
  actor: Asker,
  also?: AlsoWrite,
): Promise<Waiting & { readonly entryId: Uuid }> {
  const { access, authority, mail, rules } = context;
  const { customerId, serves } = asked;
  const whose = serves === undefined ? actor : forOwnRequest(context, customerId);
  if (rules.needsConfirmation) mail.requireSending();
  await assertFits(context, asked);
  // INVARIANT: answered as when there is no contact, since people outside the insurer are not told of a protection order.
  if (await isForbidden(context, customerId, whose)) throw new ChangesError("no-contact");
  await spend(context, [{ of: ["change-of", customerId], most: A_DAY_MAX, windowMs: DAY_MS }]);
  const changeId = newId();
  const isOwn = whose.customerId === customerId;
  const contact = rules.needsConfirmation ? await oldContact(context, { customerId, changeId, isOwn }) : null;
  const isVouched = rules.needsConfirmation && contact === null;
  if (isVouched && !(await mayBeVouchedFor(context, asked, actor))) throw new ChangesError("no-contact");
  const { code, kept } = newCode(context.keys, changeId);
  const content = await contentOf(context, asked, actor, { changeId, contact, kept });
  const action = serves === undefined ? actionOf(asked) : "right.fulfil";
  const attempt = { kind: "grant", action, actor, targets: [customerId], also } as const;
  const entryId = await access.write(attempt, async ({ tx, act }) => {
    const row = putRow(CHANGE, { rowId: changeId, content });
    const written =
      serves === undefined
        ? await authority.change(tx, { ownerId: customerId, act, reads: [], make: () => [row] })
        : await serves.put(tx, { act, changeId, row });
    if (contact !== null) {
      const { language, effectiveAt, confirmBy } = content;
      const expiresAt = new Date(confirmBy);
      const values = { code, by: expiresAt, effective: new Date(effectiveAt) };
      const letter = { to: contact.to, name: "change-confirm", language, values, expiresAt } as const;
      await mail.put(tx, { ...letter, addressee: customerId });
    }
    const { recordId: record, fieldNames: fields, effectiveAt } = content;
    const detail = {
      change: changeId,
      record,
      adds: asked.stored === null,
      fields,
      effectiveAt,
      ...(serves === undefined ? {} : { request: serves.requestId }),
    };
    const ids = [act, changeId, ...(asked.stored === null ? [content.recordId as Uuid] : [])];
    return { result: act, written, customers: [customerId], detail, ids };
  });
  return { entryId, ...waitingOf(changeId, content) };
}

export function waitingOf(changeId: Uuid, content: ChangeContent): Waiting {
  return { changeId, effectiveAt: new Date(content.effectiveAt), isConfirmed: isConfirmed(content) };
}

/** What can be known to fail is refused at once, not in three days. */
async function assertFits({ vault }: ChangesContext, asked: ChangeRequest): Promise<void> {
  const { customerId, unitId, recordType, stored, expectedRevision, fields } = asked;
  if ((stored?.revision ?? null) !== expectedRevision)
    throw new VaultError("stale", "this record was corrected meanwhile");
  if (stored !== null) return void givenChange(vault, recordType, fields);
  givenRecord(vault, recordType, fields);
  const unit = await vault.loadUnit({ customerId, unitId });
  if (unit === null) throw new VaultError("not-found", "no such retention unit");
  if (vault.registry.recordType(recordType)?.unitKinds.includes(unit.header.kind) !== true)
    throw new VaultError("unit-kind", "records of this type do not belong in such a retention unit");
}

interface Made {
  readonly changeId: Uuid;
  readonly contact: OldContact | null;
  readonly kept: NonNullable<ChangeContent["code"]>;
}

async function contentOf(
  context: ChangesContext,
  asked: ChangeRequest,
  actor: Asker,
  { changeId, contact, kept }: Made,
): Promise<ChangeContent> {
  const { clock, rules } = context;
  const now = clock.now().getTime();
  const { customerId, unitId, recordType, stored, expectedRevision, fields, reason, origin, language, serves } = asked;
  const [purpose] = actor.purposes;
  const seal = async (at: Uuid, part: string, value: Parameters<typeof context.vault.sealWaiting>[1]) => ({
    unitId: at,
    value: await context.vault.sealWaiting({ customerId, unitId: at, waitsIn: changeId, part }, value),
  });
  return {
    unitId,
    recordId: stored?.recordId ?? newId(),
    recordType,
    expectedRevision,
    fieldNames: Object.keys(fields),
    values: await seal(unitId, VALUES, {
      fields: { ...fields },
      reason,
      ...(origin === undefined ? {} : { origin }),
    }),
    askedBy: actor.principalId,
    via: viaOf(actor).via ?? null,
    onCall: serves === undefined && (await isOnCall(context, customerId, actor)),
    purpose: serves === undefined ? (actor.purposes.length === 1 ? (purpose ?? null) : null) : "data-subject-request",
    askedAt: new Date(now).toISOString(),
    effectiveAt: new Date(now + rules.coolingHours * HOUR_MS).toISOString(),
    confirmBy: new Date(now + rules.confirmWithinHours * HOUR_MS).toISOString(),
    needsConfirmation: rules.needsConfirmation,
    code: contact === null ? null : kept,
    confirmedAt: null,
    documentId: contact === null && rules.needsConfirmation ? (asked.documentId ?? null) : null,
    vouchedBy: null,
    to: contact === null ? null : await seal(contact.unitId, TO, contact.to),
    serves: serves?.requestId ?? null,
    ended: null,
    language,
  };
}
