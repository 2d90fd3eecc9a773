// Privacy notices: which are due to a customer, and the proof that they were delivered.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import { putRow, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { NoticesContext } from "./context.ts";
import { DELIVERY, type Delivery, type DeliveryContent, type NoticeLetter } from "./delivery-row.ts";
import type { Why } from "./due.ts";
import { NoticeError } from "./errors.ts";
import {
  mailsOf,
  type MailOrder,
  type MailSender,
  noteProof,
  NOTICE_MAIL,
  type NoticeMail,
  sendByMail,
} from "./mailed.ts";
import { type NoticeLanguage, type NoticeRule, textDigest, versionInForce } from "./rules.ts";

export type { Delivery } from "./delivery-row.ts";
export type { NoticeErrorCode } from "./errors.ts";
export { groundOf, isGivenIn, type Why, whyDue } from "./due.ts";
export type { NoticeMail } from "./mailed.ts";
export { loadNotices, type NoticeRule, versionInForce } from "./rules.ts";

export interface Delivered {
  readonly notice: string;
  readonly language: NoticeLanguage;
  readonly channel: DeliveryContent["channel"];
  /** Now, when null. */
  readonly deliveredAt: Date | null;
  readonly documentId: Uuid | null;
}

/** Writes throw NoticeError, AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Notices {
  readonly rules: readonly NoticeRule[];
  deliveries(customerId: Uuid): Promise<readonly Delivery[]>;
  /** Notices of the customer's lines whose version in force they did not get. */
  due(customerId: Uuid): Promise<readonly NoticeRule[]>;
  /** The reminder of it where that is what is due. Throws NoticeError `unknown-notice`. */
  letterOf(notice: string, language: NoticeLanguage, why?: Why): NoticeLetter;
  /** What many customers were given of one notice, in one statement; null where their rows do not verify. */
  given(notice: string, customerIds: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Given | null>>;
  /** Notices by mail, with what became of each. */
  mails(customerId: Uuid): Promise<readonly NoticeMail[]>;
  /** By mail to where the customer is reached now; the mail server's taking it is the delivery. As `sendByMail` (mailed.ts). */
  mail(order: MailOrder, who: MailSender): Promise<Uuid>;
  deliver(
    customerId: Uuid,
    delivered: Delivered,
    who: { readonly actor: Authenticated; readonly also?: AlsoWrite },
  ): Promise<Uuid>;
}

export interface Given {
  readonly deliveries: readonly DeliveryContent[];
  /** By mail, not handed over yet. */
  readonly isMailWaiting: boolean;
}

/** The version in force. Throws NoticeError `unknown-notice`. */
function letterOf(
  { rules, clock }: Pick<NoticesContext, "rules" | "clock">,
  notice: string,
  language: NoticeLanguage,
  why: Why,
): NoticeLetter {
  const rule = rules.find((one) => one.notice === notice);
  if (rule === undefined) throw new NoticeError("unknown-notice");
  const { version, ...whole } = versionInForce(rule, clock.now());
  const said = (why === "reminder" ? rule.reminder : null) ?? whole;
  const isReminder = said !== whole;
  return {
    values: { title: said.title[language], text: said.text[language] },
    delivers: { notice, version, language, digest: textDigest(said, language), isReminder },
  };
}

/** The delivery by a letter that was posted, to be written with the letter itself. */
export function postedRow(posted: {
  readonly rowId: Uuid;
  readonly delivers: NoticeLetter["delivers"];
  readonly on: string;
  readonly by: Uuid;
}): RowChange {
  const { rowId, delivers, on, by } = posted;
  const deliveredAt = new Date(`${on}T00:00:00Z`).toISOString();
  const row: DeliveryContent = { ...delivers, channel: "letter", deliveredAt, by, documentId: null };
  return putRow(DELIVERY, { rowId, content: row });
}

export function openNotices(context: NoticesContext): Notices {
  const deliveries = async (customerId: Uuid): Promise<readonly Delivery[]> =>
    (await context.authority.live(context.database, DELIVERY, customerId)).toReversed();
  context.mail.tellProofs((proof) => noteProof(context, proof));
  return {
    rules: context.rules,
    given: (notice, customerIds) => givenOf(context, notice, customerIds),
    mails: (customerId) => mailsOf(context, customerId),
    mail: (order, who) => sendByMail(context, order, who),
    deliveries,
    due: async (customerId) => {
      const got = await deliveries(customerId);
      const [subject] = await context.vault.loadForDecision([{ customerId }]);
      const lines = new Set(subject?.units.map(({ header }) => header.line));
      const now = context.clock.now();
      return context.rules
        .filter((rule) => rule.lines === null || rule.lines.some((line) => lines.has(line)))
        .filter((rule) => !got.some((one) => isOf(one, rule, now)));
    },
    letterOf: (notice, language, why = "initial") => letterOf(context, notice, language, why),
    deliver: (customerId, delivered, who) => deliver(context, customerId, delivered, who),
  };
}

async function givenOf(
  { authority, database, clock }: NoticesContext,
  notice: string,
  customerIds: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, Given | null>> {
  const found = await authority.liveOfMany(database, [DELIVERY, NOTICE_MAIL], customerIds);
  const now = clock.now();
  const of = (live: NonNullable<ReturnType<typeof found.get>>): Given => ({
    deliveries: live.of(DELIVERY, now).flatMap(({ content: held }) => (held.notice === notice ? [held] : [])),
    isMailWaiting: live
      .of(NOTICE_MAIL, now)
      .some(({ content: held }) => held.notice === notice && held.state === "waiting"),
  });
  return new Map([...found].map(([id, live]) => [id, live === null ? null : of(live)]));
}

function isOf({ content: held }: Delivery, rule: NoticeRule, now: Date): boolean {
  return held.notice === rule.notice && !held.isReminder && held.version === versionInForce(rule, now).version;
}

async function deliver(
  context: NoticesContext,
  customerId: Uuid,
  { notice, language, channel, deliveredAt, documentId }: Delivered,
  { actor, also }: { readonly actor: Authenticated; readonly also?: AlsoWrite },
): Promise<Uuid> {
  const { access, authority, clock, rules, vault } = context;
  const rule = rules.find((one) => one.notice === notice);
  const now = clock.now();
  const at = deliveredAt ?? now;
  if (rule === undefined) throw new NoticeError("unknown-notice");
  if (at > now) throw new NoticeError("bad-time");
  if (documentId !== null) {
    const [document] = await vault.loadRecords([customerId], { recordId: documentId });
    if (document?.record.recordType !== "document") throw new NoticeError("unknown-document");
  }
  const version = versionInForce(rule, at);
  const digest = textDigest(version, language);
  const said = { notice, version: version.version, language, digest, channel, isReminder: false };
  const rowId = newId();
  const row = { ...said, deliveredAt: at.toISOString(), by: actor.principalId, documentId };
  const isOwn = actor.customerId === customerId ? ({ isOwn: true } as const) : {};
  const targets = [actor.customerId === customerId ? actor.principalId : customerId];
  const attempt = { kind: "notice", action: "notice.deliver", actor, targets, also, ...isOwn } as const;
  return access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [],
      make: () => [putRow(DELIVERY, { rowId, content: row })],
    });
    return { result: rowId, written, customers: [customerId], detail: { ...said, delivery: rowId }, ids: [rowId] };
  });
}
