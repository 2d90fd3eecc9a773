// A correction that has to wait: written down, and a code sent to the contact as it was before.
import { type Actor, type AlsoWrite, viaOf } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import { newCode, spend } from "../codes/codes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Language } from "../mail/mail.ts";
import { type StoredRecord, VaultError } from "../vault/vault.ts";
import { CHANGE, type ChangeContent, isConfirmed } from "./change-row.ts";
import type { ChangesContext } from "./context.ts";
import { ChangesError } from "./errors.ts";
import { givenChange } from "./given-change.ts";
import { oldContact } from "./old-contact.ts";

export interface ChangeRequest {
  /** The record as it was read. */
  readonly stored: Pick<StoredRecord["record"], "customerId" | "recordId" | "recordType" | "revision">;
  readonly expectedRevision: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly language: Language;
}

export interface Waiting {
  readonly changeId: Uuid;
  readonly effectiveAt: Date;
  readonly isConfirmed: boolean;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** With five tries a code: what somebody can guess at one customer a day. */
const A_DAY_MAX = 5;

/** `also` is told the entry and the change. Throws ChangesError, VaultError, MailError `not-configured`, CodesError `too-many`, GateError. */
export async function askChange(
  context: ChangesContext,
  asked: ChangeRequest,
  actor: Actor,
  also?: AlsoWrite,
): Promise<Waiting & { readonly entryId: Uuid }> {
  const { access, authority, mail, rules } = context;
  const { customerId, recordId, recordType, revision } = asked.stored;
  if (rules.needsConfirmation) mail.requireSending();
  if (revision !== asked.expectedRevision) throw new VaultError("stale", "this record was corrected meanwhile");
  givenChange(context.vault, recordType, asked.fields);
  await spend(context, [{ of: ["change-of", customerId], most: A_DAY_MAX, windowMs: DAY_MS }]);
  const changeId = newId();
  const to = rules.needsConfirmation ? await oldContact(context, { customerId, changeId }) : null;
  if (rules.needsConfirmation && to === null) throw new ChangesError("no-contact");
  const { code, kept } = newCode(context.keys, changeId);
  const content = { ...contentOf(context, asked, actor), code: to === null ? null : kept, to };
  const attempt = { kind: "grant", action: "customer.correct", actor, targets: [customerId], also } as const;
  const entryId = await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [],
      make: () => [putRow(CHANGE, { rowId: changeId, content })],
    });
    if (to !== null) {
      const { language, effectiveAt, confirmBy } = content;
      const values = { code, effective: effectiveAt };
      await mail.put(tx, { to, name: "change-confirm", language, values, expiresAt: new Date(confirmBy) });
    }
    const { fieldNames: fields, effectiveAt } = content;
    const detail = { change: changeId, record: recordId, fields, effectiveAt };
    return { result: act, written, customers: [customerId], detail, ids: [act, changeId] };
  });
  return { entryId, ...waitingOf(changeId, content) };
}

export function waitingOf(changeId: Uuid, content: ChangeContent): Waiting {
  return { changeId, effectiveAt: new Date(content.effectiveAt), isConfirmed: isConfirmed(content) };
}

function contentOf({ clock, rules }: ChangesContext, asked: ChangeRequest, actor: Actor): ChangeContent {
  const now = clock.now().getTime();
  const { stored, expectedRevision, fields, reason, language } = asked;
  const [purpose] = actor.purposes;
  return {
    recordId: stored.recordId,
    recordType: stored.recordType,
    expectedRevision,
    fieldNames: Object.keys(fields),
    fields: { ...fields },
    askedBy: actor.principalId,
    via: viaOf(actor).via ?? null,
    purpose: actor.purposes.length === 1 ? (purpose ?? null) : null,
    reason,
    askedAt: new Date(now).toISOString(),
    effectiveAt: new Date(now + rules.coolingHours * HOUR_MS).toISOString(),
    confirmBy: new Date(now + rules.confirmWithinHours * HOUR_MS).toISOString(),
    needsConfirmation: rules.needsConfirmation,
    code: null,
    confirmedAt: null,
    to: null,
    language,
  };
}
