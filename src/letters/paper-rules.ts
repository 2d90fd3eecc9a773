// What may stand on paper at all, and for whom.
import type { DataClass, Flag } from "../kernel/vocabulary.ts";

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
