// A letter as it stands among the authority rows of the customer whom it is about: how far it is, and its words sealed. A batch is a row of its own.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { DATA_CLASSES } from "../kernel/vocabulary.ts";
import { LANGUAGES } from "../mail/mail.ts";

export const LETTER_KINDS = [
  "right-acknowledged",
  "right-extended",
  "right-refused",
  "right-decided",
  "privacy-notice",
  "annual-privacy-notice",
  "authorization-withdrawn",
  "correction-told",
  "statement-told",
  "withdrawal-told",
  "demand-notice",
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

export const LETTER_STATES = ["waiting", "in-batch", "held", "posted", "returned"] as const;
export type LetterState = (typeof LETTER_STATES)[number];

/** Why a letter could not be printed; somebody puts right what it names and queues the letter again, or cancels it. */
const HELD_CODES = [
  "no-address",
  "other-channel",
  "protected",
  "class-not-on-paper",
  "does-not-fit",
  "cannot-be-written",
  "returned-before",
  "gone",
] as const;
export type HeldCode = (typeof HELD_CODES)[number];

const RETURN_REASONS = ["unknown-address", "moved", "refused", "unclaimed", "deceased"] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

const at = z.iso.datetime();
const id = z.uuid();
const digest = z.string().regex(/^[0-9a-f]{64}$/);

const content = z.strictObject({
  kind: z.enum(LETTER_KINDS),
  language: z.enum(LANGUAGES),
  /** What it tells of: an id, or a notice and its version. */
  serves: z.string().max(120),
  /** Null: to the customer. */
  recipientId: id.nullable(),
  /** What it tells of. */
  classes: z.array(z.enum(DATA_CLASSES)),
  /** Values by name and a recipient's address, under the key of the customer's relationship. */
  words: z.strictObject({ unitId: id, value: z.string() }),
  /** What posting it proves the delivery of. */
  delivers: z
    .strictObject({
      notice: z.string(),
      version: z.string(),
      language: z.enum(LANGUAGES),
      digest,
      isReminder: z.boolean().default(false),
    })
    .nullable(),
  state: z.enum(LETTER_STATES),
  held: z.enum(HELD_CODES).nullable(),
  batchId: id.nullable(),
  madeBy: id,
  madeAt: at,
  /** Where the last address came from, by ids and revisions: another source is another address. */
  addressFrom: z.string().max(200).nullable(),
  posted: z.strictObject({ on: z.iso.date(), by: id, digest }).nullable(),
  returned: z.strictObject({ reason: z.enum(RETURN_REASONS), at, by: id }).nullable(),
  deliveryId: id.nullable(),
});
export type LetterContent = z.infer<typeof content>;
export const LETTER: RowType<LetterContent> = { kind: "letter", content };
export type LetterRow = Row<LetterContent>;

export const BATCH_LETTERS_MAX = 100;

const batch = z.strictObject({
  madeBy: id,
  madeAt: at,
  /** Two: each letter takes whole sheets, so that none stands on the back of another. */
  sides: z.enum(["one", "two"]),
  letters: z.array(z.strictObject({ letterId: id, customerId: id })).max(BATCH_LETTERS_MAX),
  /** The newest printing: what is posted is that one. */
  printed: z.strictObject({ at, by: id, digest, letters: z.int().min(0), sheets: z.int().min(0) }).nullable(),
  prints: z.int().min(0),
  posted: z.strictObject({ on: z.iso.date(), at, by: id }).nullable(),
});
export type BatchContent = z.infer<typeof batch>;
export const BATCH: RowType<BatchContent> = { kind: "letter-batch", content: batch };
export type BatchRow = Row<BatchContent>;

export interface LetterFace extends Omit<LetterContent, "words" | "delivers" | "addressFrom" | "batchId" | "madeBy"> {
  readonly letterId: Uuid;
  readonly customerId: Uuid;
  readonly notice: string | null;
  /** Under which such letters go, and what was read of it. */
  readonly law: { readonly citation: string; readonly confirmed: "none" | "secondary" | "text" };
  readonly batchId: Uuid | null;
}

export interface BatchFace extends Omit<BatchContent, "letters" | "madeBy"> {
  readonly batchId: Uuid;
  readonly madeBy: Uuid;
  readonly letters: number;
  readonly state: "made" | "printed" | "posted";
}

export function letterFace({ rowId, ownerId, content: held }: LetterRow, law: LetterFace["law"]): LetterFace {
  const { words: _words, addressFrom: _from, madeBy: _madeBy, delivers, batchId, ...shown } = held;
  return {
    ...shown,
    letterId: rowId,
    customerId: ownerId,
    notice: delivers?.notice ?? null,
    law,
    batchId: batchId === null ? null : asId(batchId),
  };
}

export function batchFace({ rowId, content: { letters, madeBy, ...held } }: BatchRow): BatchFace {
  const state = held.posted !== null ? "posted" : held.printed === null ? "made" : "printed";
  return { ...held, batchId: rowId, madeBy: asId(madeBy), letters: letters.length, state };
}
