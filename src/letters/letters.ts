// Letters on paper: printed for window envelopes, where they may be sent on paper at all.
import type { DataClass, Flag } from "../kernel/vocabulary.ts";
import { LettersError } from "./errors.ts";
import { type PaperLetter, printLetter } from "./print-letter.ts";

export type { LettersErrorCode } from "./errors.ts";
export type { PaperLetter } from "./print-letter.ts";

export interface PaperRules {
  /** What the letter tells of. */
  readonly classes: readonly DataClass[];
  /** The law's own notice that demands paper; otherwise what is specially protected is not printed. */
  readonly isDemandedByLaw: boolean;
  readonly flags: readonly Flag[];
  /** Whether it goes to the other address that the customer asked for in place of all on file. */
  readonly isOtherAddress: boolean;
}

/** 42 CFR Part 2 and the like: an opened letter in a household tells of a treatment. */
const NEVER_ON_PAPER: readonly DataClass[] = ["specially-protected-health", "genetic"];

/** N.Y. Ins. Law 2612, 45 CFR 164.522(b): under a protection order no paper goes to an address on file. */
export function mayBePrinted({ classes, isDemandedByLaw, flags, isOtherAddress }: PaperRules): boolean {
  if (flags.includes("protection-order") && !isOtherAddress) return false;
  return isDemandedByLaw || !classes.some((one) => NEVER_ON_PAPER.includes(one));
}

/** Throws LettersError `not-on-paper`, `does-not-fit`, `cannot-be-written`. */
export async function printOnPaper(letter: PaperLetter, rules: PaperRules): Promise<Buffer> {
  if (!mayBePrinted(rules)) throw new LettersError("not-on-paper");
  return printLetter(letter);
}
