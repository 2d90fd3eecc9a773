// Chance told from leak where a number is too short to be found by itself: decoys of its shape, given to nobody, are looked for beside it.
import { createHash } from "node:crypto";

/** Decimal digits, at most so many: more stand by chance in no volume that is scanned here (16 ** -14 a place of hexadecimal). */
const SHORT_DIGITS_MAX = 13;
const SHORT = new RegExp(`^\\d{1,${SHORT_DIGITS_MAX}}$`);
/** How many decoys each number has: the more, the fewer glued hits are needed to tell a leak from chance. */
const DECOYS_EACH = 31;
/** What stays as it is in a decoy, at the end where the number begins: centuries and prefixes are not random in what is scanned. */
const KEPT_DIGITS = 2;
/** A run in which chance alone would bring so many hits is one in a million. */
const CHANCE_MIN = 1e-6;

export const isShort = (bytes: Buffer): boolean =>
  bytes.length <= SHORT_DIGITS_MAX && SHORT.test(bytes.toString("latin1"));

/** Amid the digits of a longer number or of a print of bytes. What stands by itself, or after a word, is a finding whatever its length. */
export function isGlued(bytes: Buffer, at: number, length: number): boolean {
  if (isDecimal(bytes[at - 1]) || isDecimal(bytes[at + length])) return true;
  let [from, to] = [at, at + length];
  while (isHexadecimal(bytes[from - 1]) && to - from < length + PRINT_REST) from -= 1;
  while (isHexadecimal(bytes[to]) && to - from < length + PRINT_REST) to += 1;
  return to - from >= length + PRINT_REST;
}

/** The shortest print of random bytes that is met is the last part of a UUID, twelve digits. Few words end in three letters up to "f". */
const PRINT_REST = 3;
const isDecimal = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const isHexadecimal = (byte: number | undefined): boolean =>
  isDecimal(byte) || (byte !== undefined && byte >= 0x61 && byte <= 0x66);

/** Numbers of the same shape as `number`, the same each time. `isReversed` when it is written backwards, and begins at its end. */
export function decoysOf(number: string, isReversed: boolean): string[] {
  return Array.from({ length: DECOYS_EACH }, (_, nth) => {
    const hash = createHash("sha256").update(`decoy ${nth} of ${number}`).digest().readBigUInt64BE();
    const free = number.length - KEPT_DIGITS;
    const drawn = String(hash % 10n ** BigInt(free)).padStart(free, "0");
    return isReversed ? `${drawn}${number.slice(free)}` : `${number.slice(0, KEPT_DIGITS)}${drawn}`;
  });
}

export interface Doubts {
  /** Glued hits on numbers that were given to the system, each surrounding counted once: "how, where". */
  readonly numbers: readonly string[];
  /** Glued hits on their decoys. */
  readonly decoys: number;
  /** How likely chance alone brings at least so many of the hits upon the numbers. */
  readonly chance: number;
  /** False when it is a leak. */
  readonly isChance: boolean;
}

/**
 * Were it all chance, each hit would fall on a number rather than on one of its decoys with a probability of 1 in DECOYS_EACH + 1: the exact
 * binomial test. One leaked number glued to other digits is not told from chance by this, four are where there is no chance hit.
 */
export function judgeDoubts(numbers: readonly string[], decoys: number): Doubts {
  const chance = binomialTail(numbers.length, numbers.length + decoys, 1 / (DECOYS_EACH + 1));
  return { numbers, decoys, chance, isChance: chance >= CHANCE_MIN };
}

/** P(X >= least) of `tries` tries: summed from there on, for one minus the rest would round to nothing. */
function binomialTail(least: number, tries: number, probability: number): number {
  let term = (1 - probability) ** tries;
  let tail = 0;
  for (let hits = 0; hits <= tries; hits += 1) {
    if (hits >= least) tail += term;
    term *= ((tries - hits) / (hits + 1)) * (probability / (1 - probability));
  }
  return tail;
}
