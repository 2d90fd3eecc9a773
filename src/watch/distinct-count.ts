// How many different ids were told, in constant memory: linear counting (Whang, Vander-Zanden, Taylor 1990), within 2 % up to ten times its bits' count.
import type { Uuid } from "../kernel/bytes.ts";

const BITS_A_WORD = 32;

/** INVARIANT: telling it the same id twice changes nothing. Ids are random, so that their last digits serve as their hash. */
export class DistinctCount {
  readonly #words: Uint32Array;
  readonly #bits: number;
  #zeros: number;

  /** `bits` is a power of two, 2^32 at most: four times what is to be counted is exact to a percent. */
  constructor(bits: number) {
    this.#bits = bits;
    this.#zeros = bits;
    this.#words = new Uint32Array(bits / BITS_A_WORD);
  }

  add(id: Uuid): void {
    const place = Number.parseInt(id.slice(-8), 16) % this.#bits;
    const word = place >>> 5;
    const bit = 1 << (place & 31);
    const before = this.#words[word] ?? 0;
    if ((before & bit) !== 0) return;
    this.#words[word] = before | bit;
    this.#zeros -= 1;
  }

  /** An estimate; a full map counts as if one bit were free. */
  count(): number {
    if (this.#zeros === this.#bits) return 0;
    return Math.round(-this.#bits * Math.log(Math.max(this.#zeros, 1) / this.#bits));
  }

  clear(): void {
    this.#words.fill(0);
    this.#zeros = this.#bits;
  }
}
