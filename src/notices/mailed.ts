// A notice by mail: a row of the customer's that waits with the letter in the outbox, and becomes the delivery once the mail server has taken it.
import { z } from "zod";
import { activeFlags, type Actor, type AlsoWrite } from "../access/access.ts";
import { AuthorityError, putRow, type Row, type RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { MailProof } from "../mail/mail.ts";
import type { NoticesContext } from "./context.ts";
import { DELIVERY, type DeliveryContent, type NoticeLetter } from "./delivery-row.ts";
import { NoticeError } from "./errors.ts";
import { NOTICE_LANGUAGES } from "./rules.ts";

const content = z.strictObject({
  notice: z.string().max(64),
  version: z.string().max(20),
  language: z.enum(NOTICE_LANGUAGES),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  isReminder: z.boolean(),
  /** `given-up`: refused, or nobody took it in time; then it is due as before. */
  state: z.enum(["waiting", "handed-over", "given-up"]),
  by: z.uuid(),
  madeAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  deliveryId: z.uuid().nullable(),
});
type MailContent = z.infer<typeof content>;
export const NOTICE_MAIL: RowType<MailContent> = { kind: "notice-mail", content };
export type NoticeMail = Row<MailContent>;

export interface MailOrder {
  readonly customerId: Uuid;
  readonly letter: NoticeLetter;
  /** What it tells of: the same goes to the same once. */
  readonly serves: string;
}
export interface MailSender {
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
}

const MAIL_MS = 7 * 86_400_000;

export async function mailsOf(
  { authority, database }: NoticesContext,
  customerId: Uuid,
): Promise<readonly NoticeMail[]> {
  return (await authority.live(database, NOTICE_MAIL, customerId)).toReversed();
}

/**
 * Returns the row's id. Throws NoticeError `no-mail-address`, `not-by-mail`, `mailed-already`, MailError `not-configured`, AccessError, PreferencesError
 * `not-believed`.
 */
export async function sendByMail(context: NoticesContext, order: MailOrder, who: MailSender): Promise<Uuid> {
  context.mail.requireSending();
  const { customerId } = order;
  const rowId = newId();
  const state = (await context.access.authoritiesOf([customerId])).get(customerId)?.state;
  const { alternative } = await context.preferences.read(customerId);
  const isProtected = state == null || activeFlags(state, context.clock.now()).includes("protection-order");
  // INVARIANT: under a protection order nothing goes to a contact on file; where another channel stands, nothing goes by mail.
  if (alternative === null ? isProtected : alternative.channel !== "email") throw new NoticeError("not-by-mail");
  return context.preferences.useReach({ customerId, serves: rowId, why: "notice-letter" }, async (reached) => {
    const to = reached.find(({ channel }) => channel === "email")?.value;
    if (to === undefined) throw new NoticeError("no-mail-address");
    return write(context, order, { ...who, rowId, to });
  });
}

async function write(
  { access, authority, clock, keys, mail }: NoticesContext,
  { customerId, letter, serves }: MailOrder,
  { actor, also, rowId, to }: MailSender & { readonly rowId: Uuid; readonly to: string },
): Promise<Uuid> {
  const { values, delivers } = letter;
  const now = clock.now();
  const row: MailContent = {
    ...delivers,
    state: "waiting",
    by: actor.principalId,
    madeAt: now.toISOString(),
    endedAt: null,
    deliveryId: null,
  };
  const lookup = keys.keyedDigest("notice-mail", customerId, serves);
  const action = actor.kind === "system" ? "letter.queue" : "letter.send";
  const attempt = { kind: "notice", action, actor, targets: [customerId], also } as const;
  try {
    return await access.write(attempt, async ({ tx, act }) => {
      const written = await authority.change(tx, {
        ownerId: customerId,
        act,
        reads: [],
        make: () => [putRow(NOTICE_MAIL, { rowId, lookup, content: row })],
      });
      const expiresAt = new Date(now.getTime() + MAIL_MS);
      const proves = { customerId, rowId };
      const addressed = { to, addressee: customerId, language: delivers.language, values, expiresAt, proves };
      await mail.put(tx, { ...addressed, name: "privacy-notice" });
      const detail = { mail: rowId, serves, ...delivers };
      return { result: rowId, written, customers: [customerId], detail, ids: [rowId] };
    });
  } catch (error) {
    if (error instanceof AuthorityError && error.code === "lookup-taken") throw new NoticeError("mailed-already");
    throw error;
  }
}

/** What became of the letter: the delivery, with its proof; or that it is due again. Told twice, it changes nothing; what others sent is theirs. */
export async function noteProof(
  { access, authority, clock, database }: NoticesContext,
  { proves, outcome, at }: MailProof,
): Promise<void> {
  const [customerId, rowId] = [asId(proves.customerId), asId(proves.rowId)];
  if ((await authority.get(database, NOTICE_MAIL, { ownerId: customerId, rowId })) === null) return;
  const isDelivered = outcome === "handed-over";
  const attempt = { kind: "notice", action: "letter.queue", actor: access.system, targets: [customerId] } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const deliveryId = isDelivered ? newId() : null;
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [NOTICE_MAIL.kind],
      make: (live) => {
        const row = live.get(NOTICE_MAIL, rowId, clock.now());
        if (row === null || row.content.state !== "waiting") return [];
        const { state: _state, endedAt: _endedAt, deliveryId: _deliveryId, madeAt: _madeAt, by, ...said } = row.content;
        const state = isDelivered ? "handed-over" : "given-up";
        const ended = { ...row.content, state, endedAt: at.toISOString(), deliveryId } as const;
        // Given up, it may be asked for again.
        const own = putRow(NOTICE_MAIL, { ...row, lookup: isDelivered ? row.lookup : null, content: ended });
        if (deliveryId === null) return [own];
        const delivery: DeliveryContent = {
          ...said,
          channel: "electronic",
          deliveredAt: at.toISOString(),
          by,
          documentId: null,
        };
        return [own, putRow(DELIVERY, { rowId: deliveryId, content: delivery })];
      },
    });
    const detail = { mail: rowId, came: outcome, delivery: written.length > 1 ? deliveryId : null };
    return { result: null, written, customers: [customerId], detail, ids: [rowId] };
  });
}
