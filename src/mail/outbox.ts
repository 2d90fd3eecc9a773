// The outbox: letters wait here, sealed, until the server at the other end has taken them.
import { lengthPrefixed, type Sealed, utf8, type Uuid } from "../kernel/bytes.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import type { Clock } from "../kernel/clock.ts";
import { asId, idBytes, newId } from "../kernel/ids.ts";
import type { Database, Querier } from "../postgres/database.ts";
import { MailError } from "./errors.ts";
import { type Proves, SendFailure, type Transport, type Wrapped, wrapped } from "./letter.ts";
import {
  countWaiting,
  insertMail,
  lockMailBefore,
  type OutboxRow,
  postpone,
  removeMail,
  resealMail,
  takeDue,
} from "./outbox-store.ts";

/** The part of the keys that the outbox needs: under a domain whose keys rotate. */
export interface MailKeys {
  seal(plaintext: Uint8Array, context: Uint8Array): Sealed;
  /** Null for what does not open. */
  open(sealed: Uint8Array, context: Uint8Array): Buffer | null;
  versionOf(sealed: Uint8Array): number;
}

export interface OutboxParts {
  readonly database: Database;
  readonly keys: MailKeys;
  readonly clock: Clock;
  readonly transport: Transport;
  /** Told of letters that were given up: ids and codes only. */
  readonly onGivenUp: (letter: { readonly mailId: Uuid; readonly code: GivenUpCode }) => void;
  /** Whether the erasure of a customer is final. */
  readonly isErased: (customerId: Uuid) => Promise<boolean>;
  /**
   * Told what became of a letter that proves something, before it leaves the outbox: whoever crashes in between hears of it again, and may send it again.
   * The same word twice changes nothing.
   */
  readonly onProof: (proof: MailProof) => Promise<void>;
}

export interface MailProof {
  readonly proves: Proves;
  readonly outcome: "handed-over" | GivenUpCode;
  readonly at: Date;
}
export type GivenUpCode = SendFailure["code"] | "too-late" | "does-not-open" | "addressee-erased";

const WAITING_MAX = 50_000;
const BATCH = 20;
/** Longer than any transport takes to fail. */
const TAKEN_MS = 5 * 60_000;
const RESEAL_BATCH = 100;
/** By attempt; the last one again and again until the letter's time is over or it was tried often enough. */
const BACK_OFF_MS = [5000, 20_000, 60_000, 5 * 60_000, 15 * 60_000, 3_600_000] as const;
const ATTEMPTS_MAX = 30;

export async function putMail(parts: OutboxParts, on: Querier, letter: Wrapped): Promise<Uuid> {
  if ((await countWaiting(on, WAITING_MAX)) >= WAITING_MAX) throw new MailError("outbox-full");
  const mailId = newId();
  const sealed = parts.keys.seal(utf8(canonicalJson(letter)), contextOf(mailId));
  await insertMail(on, { mailId, sealed, keyVersion: parts.keys.versionOf(sealed), dueAt: parts.clock.now() });
  return mailId;
}

/** Hands over what is due. Returns how many letters left. Safe in several processes at once. */
export async function deliverDue(parts: OutboxParts, signal?: AbortSignal): Promise<number> {
  for (let left = 0; ;) {
    if (signal?.aborted === true) return left;
    const now = parts.clock.now();
    const due = { now, retryAt: new Date(now.getTime() + TAKEN_MS), limit: BATCH };
    const taken = await takeDue(parts.database, due);
    const opened = taken.map((row) => ({ row, letter: openLetter(parts, row) }));
    const erased = await erasedAmong(parts, opened);
    const outcomes = await Promise.all(opened.map((each) => handOver(parts, each, erased)));
    left += outcomes.filter((isOut) => isOut).length;
    if (taken.length < BATCH) return left;
  }
}

interface OpenedRow {
  readonly row: OutboxRow;
  readonly letter: Wrapped | null;
}

/** Asked before the first is sent, so that letters to one address keep their order. */
async function erasedAmong({ isErased }: OutboxParts, opened: readonly OpenedRow[]): Promise<ReadonlySet<string>> {
  const addressees = new Set(opened.flatMap(({ letter }) => letter?.addressee ?? []));
  const erased = await Promise.all([...addressees].map(async (each) => ((await isErased(asId(each))) ? [each] : [])));
  return new Set(erased.flat());
}

async function handOver(parts: OutboxParts, { row, letter }: OpenedRow, erased: ReadonlySet<string>): Promise<boolean> {
  const { database, clock, transport } = parts;
  const mailId = asId(row.mailId);
  if (letter === null) return giveUp(parts, { mailId, code: "does-not-open" });
  const date = clock.now();
  const { proves } = letter;
  if (date.getTime() >= Date.parse(letter.expiresAt)) return giveUp(parts, { mailId, proves, code: "too-late" });
  // A row that somebody kept and put back says where the erased could be reached (GDPR 17(1)): their address is used no more.
  if (letter.addressee !== undefined && erased.has(letter.addressee))
    return giveUp(parts, { mailId, proves, code: "addressee-erased" });
  try {
    await transport.send({ ...letter, id: mailId, date });
  } catch (error) {
    if (!(error instanceof SendFailure)) throw error;
    if (error.code === "refused" || row.attempts >= ATTEMPTS_MAX)
      return giveUp(parts, { mailId, proves, code: error.code });
    const waitMs = BACK_OFF_MS[Math.min(row.attempts, BACK_OFF_MS.length) - 1] ?? BACK_OFF_MS[0];
    await postpone(database, mailId, new Date(clock.now().getTime() + waitMs));
    return false;
  }
  if (proves !== undefined) await parts.onProof({ proves, outcome: "handed-over", at: date });
  await removeMail(database, mailId);
  return true;
}

interface GivenUp {
  readonly mailId: Uuid;
  readonly code: GivenUpCode;
  readonly proves?: Proves | undefined;
}

async function giveUp(parts: OutboxParts, { mailId, code, proves }: GivenUp): Promise<false> {
  if (proves !== undefined) await parts.onProof({ proves, outcome: code, at: parts.clock.now() });
  await removeMail(parts.database, mailId);
  parts.onGivenUp({ mailId, code });
  return false;
}

/** After a rotation of the key. Returns how many letters were sealed anew; what does not open is given up at delivery. */
export async function resealOutbox(parts: OutboxParts): Promise<number> {
  const newest = parts.keys.versionOf(parts.keys.seal(new Uint8Array(0), utf8("uberrima/newest-version")));
  for (let resealed = 0; ;) {
    const count = await parts.database.transaction(async (tx) => {
      const older = await lockMailBefore(tx, newest, RESEAL_BATCH);
      for (const { mailId, sealed } of older) {
        const plain = parts.keys.open(sealed, contextOf(mailId));
        const renewed = plain === null ? sealed : parts.keys.seal(plain, contextOf(mailId));
        await resealMail(tx, mailId, renewed, newest);
      }
      return older.length;
    });
    resealed += count;
    if (count < RESEAL_BATCH) return resealed;
  }
}

function openLetter({ keys }: OutboxParts, { mailId, sealed }: OutboxRow): Wrapped | null {
  const plain = keys.open(sealed, contextOf(mailId));
  return plain === null ? null : wrapped.parse(JSON.parse(plain.toString("utf8")));
}

function contextOf(mailId: Uuid): Buffer {
  return lengthPrefixed("uberrima/mail-outbox/v1", idBytes(mailId));
}
