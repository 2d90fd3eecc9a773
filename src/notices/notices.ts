// Privacy notices: which are due to a customer, and the proof that they were delivered.
import { z } from "zod";
import type { Access, AlsoWrite, Authenticated } from "../access/access.ts";
import { type AuthorityRows, putRow, type Row, type RowChange, type RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { newId } from "../kernel/ids.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";
import { NoticeError } from "./errors.ts";
import { NOTICE_LANGUAGES, type NoticeLanguage, type NoticeRule, textDigest, versionInForce } from "./rules.ts";

export type { NoticeErrorCode } from "./errors.ts";
export { loadNotices, type NoticeRule, versionInForce } from "./rules.ts";

const content = z.strictObject({
  notice: z.string().max(64),
  version: z.string().max(20),
  language: z.enum(NOTICE_LANGUAGES),
  /** Of the very text. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  channel: z.enum(["portal", "letter", "paper", "electronic"]),
  deliveredAt: z.iso.datetime(),
  by: z.uuid(),
  documentId: z.uuid().nullable(),
});
export type DeliveryContent = z.infer<typeof content>;
const DELIVERY: RowType<DeliveryContent> = { kind: "notice-delivery", content };
export type Delivery = Row<DeliveryContent>;

export interface NoticesContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly vault: Pick<Vault, "loadForDecision" | "loadRecords">;
  readonly rules: readonly NoticeRule[];
}

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
  letterOf(notice: string, language: NoticeLanguage): NoticeLetter;
  deliver(
    customerId: Uuid,
    delivered: Delivered,
    who: { readonly actor: Authenticated; readonly also?: AlsoWrite },
  ): Promise<Uuid>;
}

/** What a letter of a notice says, and what posting it proves. */
export interface NoticeLetter {
  readonly values: { readonly title: string; readonly text: string };
  readonly delivers: Pick<DeliveryContent, "notice" | "version" | "language" | "digest">;
}

/** The version in force. Throws NoticeError `unknown-notice`. */
function letterOf(
  { rules, clock }: Pick<NoticesContext, "rules" | "clock">,
  notice: string,
  language: NoticeLanguage,
): NoticeLetter {
  const rule = rules.find((one) => one.notice === notice);
  if (rule === undefined) throw new NoticeError("unknown-notice");
  const version = versionInForce(rule, clock.now());
  return {
    values: { title: version.title[language], text: version.text[language] },
    delivers: { notice, version: version.version, language, digest: textDigest(version, language) },
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
  return {
    rules: context.rules,
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
    letterOf: (notice, language) => letterOf(context, notice, language),
    deliver: (customerId, delivered, who) => deliver(context, customerId, delivered, who),
  };
}

function isOf({ content: held }: Delivery, rule: NoticeRule, now: Date): boolean {
  return held.notice === rule.notice && held.version === versionInForce(rule, now).version;
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
  const said = { notice, version: version.version, language, digest, channel };
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
