// What happened to somebody's sign-in, told to them when they next sign in, and outside it by whoever was given to notify them.
import { z } from "zod";
import type { Actor } from "../access/access.ts";
import { type LiveRows, putRow, type Row, type RowChange, type RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { ACCOUNT } from "./account.ts";
import type { SignInContext } from "./context.ts";
import { SignInError } from "./errors.ts";
import { NOTICE_KINDS, type NoticeKind } from "./notice-kinds.ts";
import { writeRows } from "./write-rows.ts";

const content = z.strictObject({
  what: z.enum(NOTICE_KINDS),
  at: z.iso.datetime(),
  device: z.string().max(200),
  address: z.string().max(100),
});
export type NoticeContent = z.infer<typeof content>;

export const NOTICE: RowType<NoticeContent> = { kind: "notice", content };

/** From which device and address something was done, as far as the request tells. */
export interface Whence {
  readonly device: string;
  readonly address: string;
}

const NOTICES_MAX = 10;

/** A new notice; the oldest goes where there are too many. NOTICE must be among what was read. */
export function noted(live: LiveRows, now: Date, what: NoticeKind, { device, address }: Whence): readonly RowChange[] {
  const standing = live.of(NOTICE, now);
  return [
    ...standing.slice(0, Math.max(0, standing.length - NOTICES_MAX + 1)).map(({ rowId }) => ({ end: rowId })),
    putRow(NOTICE, { rowId: newId(), content: { what, at: now.toISOString(), device, address } }),
  ];
}

/** After the act: the hook must never undo or delay it. */
export async function notifyOutside(context: SignInContext, principalId: Uuid, what: NoticeKind): Promise<void> {
  const [[account], person] = await Promise.all([
    context.authority.live(context.database, ACCOUNT, principalId),
    context.access.describePrincipal(principalId),
  ]);
  if (account === undefined || person === null) return;
  context.notify({ principalId, email: account.content.email, name: person.name, what, at: context.clock.now() });
}

export function noticesOf(context: SignInContext, principalId: Uuid): Promise<readonly Row<NoticeContent>[]> {
  return context.authority.live(context.database, NOTICE, principalId);
}

/** Throws SignInError `unknown-notice`. */
export function dismissNotice(context: SignInContext, actor: Actor, noticeId: Uuid): Promise<null> {
  return writeRows(context, {
    kind: "session",
    action: "credential.change",
    actor,
    principalId: actor.principalId,
    isOwn: true,
    reads: [NOTICE],
    make: (live, now) => {
      if (!live.of(NOTICE, now).some(({ rowId }) => rowId === noticeId)) throw new SignInError("unknown-notice");
      return { changes: [{ end: noticeId }], result: null, detail: { change: "notice-read" } };
    },
  });
}
