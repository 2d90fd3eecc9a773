// What became of what tells a demand's customers: by the outbox before the mail leaves it, and by the letter's own row.
import { AppError } from "../kernel/app-error.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { MailProof } from "../mail/mail.ts";
import type { DemandsContext } from "./context.ts";
import { DEMAND, type DemandRow, type Telling } from "./demand-row.ts";
import { isOvertaken, note, sendPlanned, unreached } from "./send.ts";

/** For how long a letter that was posted may come back. */
const COMES_BACK_MS = 90 * 86_400_000;
const TRIES_MAX = 5;

/** For the background: what a process that died left, and what became of letters. Never fails. */
export async function followTellings(context: DemandsContext, { rowId: demandId, content }: DemandRow): Promise<void> {
  const customers = content.notice?.customers ?? [];
  if (customers.some(({ state }) => state === "planned")) return sendPlanned(context, demandId);
  try {
    for (const telling of customers) {
      const next = await afterLetter(context, telling);
      if (next !== null) await note(context, demandId, next);
    }
  } catch (error) {
    if (!isOvertaken(error)) context.onFailure(error);
  }
}

/**
 * Before the mail leaves the outbox; what others sent is theirs. INVARIANT: the same word twice changes nothing. What a mail server refused, or nobody took in
 * time, goes by letter. Returns whether there is something to send.
 */
export async function noteMail(context: DemandsContext, proof: MailProof): Promise<boolean> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await noteOnce(context, proof);
    } catch (error) {
      // Another customer of the same demand was noted at the same moment.
      if (!isOvertaken(error) || tries === TRIES_MAX) throw error;
    }
  }
}

async function noteOnce(context: DemandsContext, { proves, outcome, at }: MailProof): Promise<boolean> {
  const demandId = asId(proves.rowId);
  const row = await context.authority.get(context.database, DEMAND, { ownerId: demandId, rowId: demandId });
  const telling = row?.content.notice?.customers.find(({ customerId }) => customerId === proves.customerId);
  if (telling === undefined || telling.state !== "mailed") return false;
  const isTold = outcome === "handed-over";
  const since = at.toISOString();
  if (isTold) await note(context, demandId, { ...telling, state: "told", at: since });
  else await note(context, demandId, { ...telling, state: "planned", way: null, fault: "mail-refused", at: since });
  return !isTold;
}

const HELD_FAULTS: ReadonlyMap<string | null, NonNullable<Telling["fault"]>> = new Map([
  ["protected", "protected"],
  ["no-address", "no-address"],
  ["other-channel", "other-channel"],
  ["gone", "gone"],
]);

/** Null where it stands as it did. Whoever sees to an address queues the letter again, which counts here as well. */
async function afterLetter(context: DemandsContext, telling: Telling): Promise<Telling | null> {
  const { way, state, reference, at } = telling;
  if (way !== "letter" || reference === null) return null;
  const now = context.clock.now();
  if (state === "told" && now.getTime() - Date.parse(at) > COMES_BACK_MS) return null;
  const letter = await letterOf(context, asId(reference));
  switch (letter?.state) {
    case "waiting":
    case "in-batch":
      return state === "letter" ? null : { ...telling, state: "letter", fault: null, at: now.toISOString() };
    case "posted":
      if (state === "told" || letter.posted === null) return null;
      return { ...telling, state: "told", fault: null, at: new Date(`${letter.posted.on}T00:00:00Z`).toISOString() };
    case "held":
      return failed(telling, HELD_FAULTS.get(letter.held) ?? "letter-held", now);
    case "returned":
      return failed(telling, "letter-returned", now);
    case undefined:
      // What was posted long ago is no longer kept there.
      return state === "told" ? null : failed(telling, "letter-cancelled", now);
  }
}

function failed(telling: Telling, fault: NonNullable<Telling["fault"]>, now: Date): Telling | null {
  return telling.state === "unreached" ? null : unreached(telling, fault, now);
}

async function letterOf({ letters }: DemandsContext, letterId: Uuid) {
  try {
    return await letters.letter(letterId);
  } catch (error) {
    if (error instanceof AppError && error.code === "unknown-letter") return null;
    throw error;
  }
}
