// What became of what was sent: by the outbox before the mail leaves it, and by the letter's own row.
import { AppError } from "../kernel/app-error.ts";
import { asId } from "../kernel/ids.ts";
import type { MailProof } from "../mail/mail.ts";
import { changeTelling } from "./change-telling.ts";
import type { TellingsContext } from "./context.ts";
import { TellingsError } from "./errors.ts";
import { sendTelling } from "./send.ts";
import { tellingAt } from "./telling-index.ts";
import { isOpen, type TellingContent, type TellingRow } from "./telling-row.ts";
import { deleteIndexed, takeToLookAt } from "./telling-store.ts";

const TRIES = 3;

/**
 * Before the mail leaves the outbox. INVARIANT: the same word twice changes nothing, so that a process that dies in between leads to one word, and to mail of one
 * Message-ID.
 */
export async function noteProof(context: TellingsContext, { proves, outcome }: MailProof): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const row = await tellingAt(context, { tellingId: proves.rowId, customerId: proves.customerId });
    if (row === null || row.content.state !== "queued" || row.content.way !== "mail") return;
    const step = outcome === "handed-over" ? "sent" : "failed";
    const detail = { mail: row.content.sendingId, came: outcome };
    const changing = { row, action: "telling.send", actor: context.access.system, step, detail } as const;
    try {
      return await changeTelling(context, changing, (content) => mailed(context, content, outcome));
    } catch (error) {
      if (!(error instanceof TellingsError && error.code === "changed-meanwhile")) throw error;
    }
  }
  throw new TellingsError("changed-meanwhile");
}

function mailed(context: TellingsContext, content: TellingContent, outcome: MailProof["outcome"]): TellingContent {
  if (outcome !== "handed-over" || content.sendingId === null) return { ...content, state: "failed", fault: outcome };
  return sent(context, content, { channel: "mail", reference: content.sendingId });
}

function sent(
  { access, clock }: TellingsContext,
  content: TellingContent,
  { channel, reference }: { readonly channel: "mail" | "letter"; readonly reference: string },
): TellingContent {
  const at = clock.now().toISOString();
  const told = { by: access.system.principalId, channel, reference, at };
  return { ...content, state: "sent", fault: null, sentAt: content.sentAt ?? at, told };
}

const AT_ONCE = 50;
const HELD_MS = 60_000;
const AGAIN_MS = 60_000;

/** Returns how many were looked at. Several processes may run it at once. */
export async function lookAtTellings(context: TellingsContext, signal?: AbortSignal): Promise<number> {
  const { clock, database, onFailure } = context;
  const now = clock.now();
  const due = { now, againAt: new Date(now.getTime() + HELD_MS + AGAIN_MS), limit: AT_ONCE };
  const taken = await takeToLookAt(database, due);
  for (const one of taken) {
    signal?.throwIfAborted();
    try {
      const row = await tellingAt(context, one);
      if (row === null) await deleteIndexed(database, asId(one.tellingId));
      else await lookAt(context, row);
    } catch (error) {
      // Another process was first, or it is tried again.
      if (!(error instanceof TellingsError && error.code === "changed-meanwhile")) onFailure(error);
    }
  }
  return taken.length;
}

async function lookAt(context: TellingsContext, row: TellingRow): Promise<void> {
  const { state, way, sendingId } = row.content;
  if (state === "queued" && sendingId === null) return sendTelling(context, row);
  if (way === "letter" && sendingId !== null) return lookAtLetter(context, row, sendingId);
  // Whoever takes mail out of the database hides nothing: what is in no outbox and has not left is lost.
  if (state !== "queued" || sendingId === null || (await context.mail.isWaiting(asId(sendingId)))) return;
  await note(context, row, { state: "failed", fault: "lost" });
}

async function lookAtLetter(context: TellingsContext, row: TellingRow, letterId: string): Promise<void> {
  const { state: before, fault: known } = row.content;
  const { state, fault } = await standingOf(context, letterId);
  if (state === before && (fault === known || state === "sent")) return;
  if (state !== "sent") return note(context, row, { state, fault });
  const step = {
    row,
    action: "telling.send",
    actor: context.access.system,
    step: "sent",
    detail: { letter: letterId },
  } as const;
  await changeTelling(context, step, (content) => sent(context, content, { channel: "letter", reference: letterId }));
}

interface Standing {
  readonly state: "queued" | "sent" | "failed";
  readonly fault: string | null;
}

async function standingOf({ letters }: TellingsContext, letterId: string): Promise<Standing> {
  try {
    const { state, held } = await letters.letter(asId(letterId));
    if (state === "posted") return { state: "sent", fault: null };
    if (state === "returned") return { state: "failed", fault: "returned" };
    return state === "held" ? { state: "failed", fault: held } : { state: "queued", fault: null };
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return { state: "failed", fault: "cancelled" };
    throw error;
  }
}

/** What came back was not told: it is open once more. */
function note(context: TellingsContext, row: TellingRow, { state, fault }: Standing): Promise<void> {
  if (!isOpen(row.content) && state === "queued") return Promise.resolve();
  const changing = {
    row,
    action: "telling.send",
    actor: context.access.system,
    step: state,
    detail: { fault },
  } as const;
  return changeTelling(context, changing, (content) => ({ ...content, state, fault, told: null }));
}
