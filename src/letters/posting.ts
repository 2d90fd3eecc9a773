// What becomes of letters once they are on paper: posted with the proof of it, come back, queued again, cancelled.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import { batchAt, lettersOf } from "./batches.ts";
import { changeLetters, type LetterChange } from "./change-letters.ts";
import type { LettersContext } from "./context.ts";
import { LettersError } from "./errors.ts";
import { letterAt } from "./letter-index.ts";
import type { LetterRow, ReturnReason } from "./letter-row.ts";
import { selectIndexed } from "./letter-store.ts";

const DAY_MS = 86_400_000;
/** Mail comes back for months; the proof itself stands in the ledger and in the delivery. */
const KEPT_MS = 400 * DAY_MS;

/**
 * All letters of the newest printing at once, or none. Throws LettersError `unknown-batch`, `wrong-state`, `other-print`, `bad-day`, `changed-meanwhile`.
 */
export async function postBatch(
  context: LettersContext,
  asker: Authenticated,
  { batchId, digest, on }: { readonly batchId: Uuid; readonly digest: string; readonly on: string },
  also?: AlsoWrite,
): Promise<void> {
  const { clock } = context;
  const batch = await batchAt(context, batchId);
  const { printed, posted } = batch.content;
  if (posted !== null || printed === null) throw new LettersError("wrong-state");
  if (printed.digest !== digest) throw new LettersError("other-print");
  const now = clock.now();
  // A day may already have begun east of here.
  const latest = new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10);
  const earliest = new Date(Date.parse(printed.at) - DAY_MS).toISOString().slice(0, 10);
  if (on > latest || on < earliest) throw new LettersError("bad-day");
  const rows = await lettersOf(context, batch);
  await changeLetters(context, {
    action: "letter.print",
    actor: asker,
    also,
    letters: rows.map((row) => postedOf(context, row, { on, by: asker.principalId, digest })),
    batch: {
      batchId,
      before: batch,
      to: { ...batch.content, posted: { on, at: now.toISOString(), by: asker.principalId } },
    },
    detail: { batch: batchId, step: "posted", digest, on, letters: rows.length },
    id: batchId,
  });
}

function postedOf(
  { clock, delivery }: LettersContext,
  row: LetterRow,
  posted: NonNullable<LetterRow["content"]["posted"]>,
): LetterChange {
  const endsAt = new Date(clock.now().getTime() + KEPT_MS);
  const { delivers } = row.content;
  const rowId = delivers === null ? null : newId();
  const to = { ...row.content, state: "posted", posted, deliveryId: rowId } as const;
  if (delivers === null || rowId === null) return { row, to, endsAt };
  return { row, to, endsAt, more: [delivery.posted({ rowId, delivers, on: posted.on, by: asId(posted.by) })] };
}

export type LetterStep =
  | { readonly step: "returned"; readonly reason: ReturnReason }
  | { readonly step: "queue-again" }
  | { readonly step: "cancel" };

/** Throws LettersError `unknown-letter`, `wrong-state`, `changed-meanwhile`. */
export async function stepLetter(
  context: LettersContext,
  asker: Authenticated,
  { letterId, ...step }: LetterStep & { readonly letterId: Uuid },
  also?: AlsoWrite,
): Promise<void> {
  const row = await letterBy(context, letterId);
  const change = stepped(context, asker, row, step);
  if (change === null) throw new LettersError("wrong-state");
  const detail = { letter: letterId, step: step.step, ...(step.step === "returned" ? { reason: step.reason } : {}) };
  await changeLetters(context, { action: "letter.work", actor: asker, also, letters: [change], detail, id: letterId });
}

function stepped(
  { clock }: LettersContext,
  asker: Authenticated,
  row: LetterRow,
  step: LetterStep,
): LetterChange | null {
  const { content } = row;
  const { state, deliveryId } = content;
  if (step.step === "returned") {
    if (state !== "posted") return null;
    const returned = { reason: step.reason, at: clock.now().toISOString(), by: asker.principalId };
    // What came back was not delivered: the notice is due again.
    const more = deliveryId === null ? [] : [{ end: asId(deliveryId) }];
    return { row, to: { ...content, state: "returned", returned, deliveryId: null }, more };
  }
  if (state !== "held" && state !== "returned" && (step.step !== "cancel" || state !== "waiting")) return null;
  if (step.step === "cancel") return { row, to: null };
  const again = { state: "waiting", held: null, batchId: null, posted: null, deliveryId: null } as const;
  // Whoever queues it again has seen to the address: it is not held against this letter any more.
  return { row, to: { ...content, ...again, addressFrom: null, returned: null } };
}

/** Throws LettersError `unknown-letter`. */
export async function letterBy(context: LettersContext, letterId: Uuid): Promise<LetterRow> {
  const [found] = await selectIndexed(context.database, [letterId]);
  const row = found === undefined ? null : await letterAt(context, found);
  if (row === null) throw new LettersError("unknown-letter");
  return row;
}
