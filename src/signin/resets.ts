// Resets for who lost their factors, around the clock: one person asks, another vouches in person or approves after a call-back. Nobody alone resets anything.
import { z } from "zod";
import type { Authenticated } from "../access/access.ts";
import { type LiveRows, putRow, type Row, type RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { accountOf, supervisorOf } from "./account.ts";
import type { SignInContext } from "./context.ts";
import { SignInError } from "./errors.ts";
import { codeDigestOf, INVITATION, invited, type NewInvitation } from "./invitations.ts";
import { noted, NOTICE, notifyOutside } from "./notices.ts";
import { requirePresent } from "./own.ts";
import { randomLetters, spelt } from "./recovery-codes.ts";
import { writeRows } from "./write-rows.ts";

const callBack = z.strictObject({
  /** When the person was called at the number on file, by whom it was asked for. */
  calledAt: z.iso.datetime(),
  /** Where the call is written down: a ticket, a line of the call log. */
  reference: z.string().min(1).max(200),
});
export type CallBack = z.infer<typeof callBack>;

const content = z.strictObject({
  path: z.enum(["supervisor", "two-people"]),
  askedBy: z.string(),
  askedAt: z.iso.datetime(),
  callBack: callBack.nullable(),
  codeDigest: z.string().nullable(),
});
export type ResetContent = z.infer<typeof content>;

export const RESET: RowType<ResetContent> = { kind: "reset", content };

const CODE_LETTERS = 12;
const CALL_BACK_MS = 86_400_000;

export interface ResetRequest {
  readonly principalId: Uuid;
  readonly path: ResetContent["path"];
  readonly callBack: CallBack | null;
}

export interface AskedReset {
  readonly resetId: Uuid;
  readonly endsAt: Date;
  /** To be told to the person on the call-back: the link alone will not do. Shown once; null on the other path. */
  readonly code: string | null;
}

/**
 * Resets nothing. The person is told at once. Throws SignInError `own-reset`, `call-back-needed`, `unknown-person`, `people-only`, `step-up-needed`.
 */
export async function askForReset(
  context: SignInContext,
  { principalId, path, callBack: call }: ResetRequest,
  actor: Authenticated,
): Promise<AskedReset> {
  // Whoever has no right to is refused, and that is written down, before anything else is said.
  if (context.access.may(actor, "reset.request")) {
    requirePresent(context, actor);
    if (await context.access.isActor(context.database, actor, [principalId])) throw new SignInError("own-reset");
    await accountOf(context, principalId);
  }
  const code = path === "two-people" ? randomLetters(CODE_LETTERS) : null;
  const asked = await writeRows(context, {
    kind: "credential",
    action: "reset.request",
    actor,
    principalId,
    reads: [RESET, NOTICE],
    make: (live, now) => {
      if (path === "two-people" && !isRecent(call, now)) throw new SignInError("call-back-needed");
      const endsAt = new Date(now.getTime() + context.policy.invitations.resetHours * 3_600_000);
      const resetId = newId();
      const codeDigest = code === null ? null : codeDigestOf(context.keys, principalId, code);
      const held = { path, askedBy: actor.principalId, askedAt: now.toISOString(), callBack: call, codeDigest };
      return {
        changes: [
          ...live.of(RESET, now).map(({ rowId }) => ({ end: rowId })),
          putRow(RESET, { rowId: resetId, endsAt, content: held }),
          ...noted(live, now, "reset-requested", { device: "", address: "" }),
        ],
        result: { resetId, endsAt, code: code === null ? null : spelt(code) },
        detail: { reset: resetId, path, callBack: call },
      };
    },
  });
  await notifyOutside(context, principalId, "reset-requested");
  return asked;
}

/**
 * By another person with a fresh factor: the supervisor who has them in front of them, or the second of two. Answers the link to give to the person; by
 * it, all their factors end and new ones are enrolled. Throws SignInError `unknown-reset`, `same-person`, `own-reset`, `not-supervisor`, `people-only`,
 * `step-up-needed`.
 */
export async function approveReset(
  context: SignInContext,
  { principalId, resetId }: { readonly principalId: Uuid; readonly resetId: Uuid },
  actor: Authenticated,
): Promise<NewInvitation> {
  const open = await context.authority.live(context.database, RESET, principalId);
  const reset = open.find(({ rowId }) => rowId === resetId);
  const action = reset?.content.path === "supervisor" ? "reset.vouch" : "reset.approve";
  if (context.access.may(actor, action)) {
    if (reset === undefined) throw new SignInError("unknown-reset");
    requirePresent(context, actor);
    await checkApprover(context, reset, actor);
  }
  const link = await writeRows(context, {
    kind: "credential",
    action,
    actor,
    principalId,
    reads: [RESET, INVITATION, NOTICE],
    make: (live, now) => {
      const row = openReset(live, now, resetId);
      const asked = { purpose: "reset", madeBy: actor.principalId, codeDigest: row.content.codeDigest } as const;
      const made = invited(context, live, { ...asked, hours: context.policy.invitations.resetLinkHours });
      return {
        changes: [
          { end: resetId },
          ...made.changes,
          ...noted(live, now, "reset-approved", { device: "", address: "" }),
        ],
        result: made.invitation,
        detail: { reset: resetId, path: row.content.path, askedBy: row.content.askedBy },
      };
    },
  });
  await notifyOutside(context, principalId, "reset-approved");
  return link;
}

/** By the person it is about, or whoever has the right. An approved one is cancelled by asking for another: links before end. */
export function cancelReset(
  context: SignInContext,
  { principalId, resetId }: { readonly principalId: Uuid; readonly resetId: Uuid },
  actor: Authenticated,
): Promise<null> {
  return writeRows(context, {
    kind: "credential",
    action: "reset.cancel",
    actor,
    principalId,
    isOwn: actor.principalId === principalId,
    reads: [RESET, INVITATION],
    make: (live, now) => {
      const links = live.of(INVITATION, now).filter(({ content: { purpose } }) => purpose === "reset");
      const resets = live.of(RESET, now).filter(({ rowId }) => rowId === resetId);
      const ended = [...resets, ...links].map(({ rowId }) => ({ end: rowId }));
      if (ended.length === 0) throw new SignInError("unknown-reset");
      return { changes: ended, result: null, detail: { reset: resetId } };
    },
  });
}

/** INVARIANT: of the two nobody is the person, and they are not one. */
async function checkApprover(context: SignInContext, reset: Row<ResetContent>, actor: Authenticated): Promise<void> {
  const { access, database } = context;
  if (await access.isActor(database, actor, [reset.ownerId])) throw new SignInError("own-reset");
  if (await access.isActor(database, actor, [reset.content.askedBy])) throw new SignInError("same-person");
  if (reset.content.path !== "supervisor") return;
  const account = await accountOf(context, reset.ownerId);
  if (supervisorOf(account) !== actor.principalId) throw new SignInError("not-supervisor");
}

function openReset(live: LiveRows, now: Date, resetId: Uuid): Row<ResetContent> {
  const row = live.of(RESET, now).find(({ rowId }) => rowId === resetId);
  if (row === undefined) throw new SignInError("unknown-reset");
  return row;
}

function isRecent(call: CallBack | null, now: Date): boolean {
  if (call === null) return false;
  const sinceMs = now.getTime() - new Date(call.calledAt).getTime();
  return sinceMs >= 0 && sinceMs < CALL_BACK_MS;
}
