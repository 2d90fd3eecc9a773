// Printing a batch: every letter's words and address opened through the gate in the printer's name, the digest written down, and only then the file handed out.
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Authenticated } from "../access/access.ts";
import { AppError } from "../kernel/app-error.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { type Addressed, addressFor, flagsOf } from "./address.ts";
import { batchAt, lettersOf } from "./batches.ts";
import { changeLetters } from "./change-letters.ts";
import type { LettersContext } from "./context.ts";
import { WORDS_PART } from "./enqueue.ts";
import { LettersError } from "./errors.ts";
import { speltDay } from "../mail/mail.ts";
import { type BatchRow, type HeldCode, LETTER, type LetterRow } from "./letter-row.ts";
import { paragraphsOf, wordsOf } from "./letterhead.ts";
import { mayBePrinted } from "./paper-rules.ts";
import { type PaperLetter, printLetters } from "./print-letter.ts";

export interface PrintedBatch {
  readonly pdf: Buffer;
  /** Lower-case hex SHA-256 of the file: what is posted names it. */
  readonly digest: string;
  readonly letters: number;
  readonly held: number;
}

interface Ready {
  readonly row: LetterRow;
  readonly paper: PaperLetter;
  readonly from: string;
  /** Not to an address on file of the customer. */
  readonly isOther: boolean;
}
interface Held {
  readonly row: LetterRow;
  readonly held: HeldCode;
}

const words = z.strictObject({ values: z.record(z.string(), z.string()), lines: z.array(z.string()).nullable() });

/**
 * May be asked for again until it is posted; the newest printing counts. Throws LettersError `unknown-batch`, `wrong-state` (once it is posted), `empty-batch`,
 * `changed-meanwhile`; GateError "busy".
 */
export async function printBatch(context: LettersContext, asker: Authenticated, batchId: Uuid): Promise<PrintedBatch> {
  const batch = await batchAt(context, batchId);
  if (batch.content.posted !== null) throw new LettersError("wrong-state");
  const ready: Ready[] = [];
  const held: Held[] = [];
  for (const row of await lettersOf(context, batch)) {
    const done = await prepare(context, asker, row);
    if ("held" in done) held.push(done);
    else ready.push(done);
  }
  const { sides, madeAt } = batch.content;
  const papers = ready.map(({ paper }) => paper);
  const { pdf, pages } = await printLetters(papers, { at: new Date(madeAt), sides });
  const digest = createHash("sha256").update(pdf).digest("hex");
  // INVARIANT: a protection order or another address that came while the letters were opened is seen before any of them goes out.
  for (const { row, isOther } of ready)
    if ((await refusedNow(context, row, isOther)) !== null) throw new LettersError("changed-meanwhile");
  await recordPrint(context, asker, batch, { ready, held, digest, sheets: sides === "two" ? pages / 2 : pages });
  if (ready.length === 0) throw new LettersError("empty-batch");
  return { pdf, digest, letters: ready.length, held: held.length };
}

/** What forbids paper for this letter, to another address than the one on file or to that. */
async function refusedNow(
  context: LettersContext,
  { ownerId, content }: LetterRow,
  isOtherAddress: boolean,
): Promise<HeldCode | null> {
  const flags = await flagsOf(context, ownerId);
  if (flags === null) return "gone";
  const { demandedByLaw } = context.letterhead.kinds[content.kind];
  const rules = { classes: content.classes, isDemandedByLaw: demandedByLaw, flags, isOtherAddress };
  if (mayBePrinted(rules)) return null;
  return mayBePrinted({ ...rules, isOtherAddress: true }) ? "protected" : "class-not-on-paper";
}

async function prepare(context: LettersContext, asker: Authenticated, row: LetterRow): Promise<Ready | Held> {
  try {
    const refused = await refusedNow(context, row, true);
    if (refused !== null) return { row, held: refused };
    return await written(context, asker, row);
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return { row, held: "gone" };
    if (error instanceof LettersError && (error.code === "does-not-fit" || error.code === "cannot-be-written"))
      return { row, held: error.code };
    throw error;
  }
}

async function written(context: LettersContext, asker: Authenticated, row: LetterRow): Promise<Ready | Held> {
  const { clock, gate, letterhead } = context;
  const { rowId: letterId, ownerId: customerId, content } = row;
  const { unitId, value } = content.words;
  const opened = await gate.readWaiting(asker, {
    customerId,
    why: "letter-words",
    waitsIn: letterId,
    fields: [],
    sealed: [{ part: WORDS_PART, unitId: asId(unitId), value }],
  });
  const text = opened.get(WORDS_PART);
  if (text === undefined) return { row, held: "gone" };
  const { values, lines } = words.parse(JSON.parse(text));
  const addressed =
    lines === null ? await customersAddress(context, asker, row) : { lines, from: "recipient", isOther: true };
  if (typeof addressed === "string") return { row, held: addressed };
  const { subject, text: body } = wordsOf(letterhead, { kind: content.kind, language: content.language, values });
  const paper: PaperLetter = {
    layout: letterhead.layout,
    sender: letterhead.sender,
    addressee: addressed.lines,
    placeAndDate: speltDay(clock.now().toISOString().slice(0, 10), content.language),
    subject,
    paragraphs: paragraphsOf(body),
    reference: letterId,
  };
  // By itself, so that one that cannot be printed does not keep the others.
  await printLetters([paper]);
  return { row, paper, from: addressed.from, isOther: addressed.isOther };
}

/** Not where mail came back from, as long as nothing else is known. */
async function customersAddress(
  context: LettersContext,
  asker: Authenticated,
  row: LetterRow,
): Promise<Addressed | HeldCode> {
  const { authority, database } = context;
  const { rowId: letterId, ownerId: customerId } = row;
  const flags = await flagsOf(context, customerId);
  if (flags === null) return "gone";
  const addressed = await addressFor(context, asker, { customerId, letterId, flags });
  if (typeof addressed === "string") return addressed;
  const refused = await refusedNow(context, row, addressed.isOther);
  if (refused !== null) return refused;
  const others = await authority.live(database, LETTER, customerId);
  const cameBack = others.some(
    ({ content: { state, addressFrom } }) => state === "returned" && addressFrom === addressed.from,
  );
  return cameBack ? "returned-before" : addressed;
}

interface Printing {
  readonly ready: readonly Ready[];
  readonly held: readonly Held[];
  readonly digest: string;
  readonly sheets: number;
}

async function recordPrint(
  context: LettersContext,
  asker: Authenticated,
  batch: BatchRow,
  { ready, held, digest, sheets }: Printing,
): Promise<void> {
  const at = context.clock.now().toISOString();
  const { content } = batch;
  const to =
    ready.length === 0
      ? null
      : {
          ...content,
          letters: ready.map(({ row }) => ({ letterId: row.rowId, customerId: row.ownerId })),
          printed: { at, by: asker.principalId, digest, letters: ready.length, sheets },
          prints: content.prints + 1,
        };
  await changeLetters(context, {
    action: "letter.print",
    actor: asker,
    letters: [
      ...ready.map(({ row, from }) => ({ row, to: { ...row.content, addressFrom: from } })),
      ...held.map(({ row, held: why }) => ({
        row,
        to: { ...row.content, state: "held" as const, held: why, batchId: null },
      })),
    ],
    batch: { batchId: batch.rowId, before: batch, to },
    detail: { batch: batch.rowId, step: "printed", digest, letters: ready.length, held: held.length },
    id: batch.rowId,
  });
}
