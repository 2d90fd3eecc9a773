// A set whose members leave when they have not been seen for a while: how many different ones there were of late.
/**
 * INVARIANT: telling it the same thing twice changes nothing, so that what one process saw and what it reads of the ledger may overlap. Telling it out
 * of order by some seconds makes a member stay those seconds too long or too short.
 */
export class RecentSet<Member> {
  readonly #windowMs: number;
  readonly #max: number;
  /** By last sight, the oldest first. */
  readonly #seenMs = new Map<Member, number>();

  /** Beyond `max` the oldest make room: a count so high says all there is to say. */
  constructor(windowMs: number, max: number) {
    this.#windowMs = windowMs;
    this.#max = max;
  }

  /** Whether it was not there before. */
  add(member: Member, atMs: number): boolean {
    const before = this.#seenMs.get(member);
    if (before !== undefined) {
      if (before >= atMs) return false;
      this.#seenMs.delete(member);
    }
    this.#seenMs.set(member, atMs);
    if (this.#seenMs.size > this.#max) this.#dropOldest();
    return before === undefined;
  }

  count(nowMs: number): number {
    for (const [member, seenMs] of this.#seenMs) {
      if (seenMs > nowMs - this.#windowMs) break;
      this.#seenMs.delete(member);
    }
    return this.#seenMs.size;
  }

  #dropOldest(): void {
    for (const member of this.#seenMs.keys()) {
      this.#seenMs.delete(member);
      return;
    }
  }
}
