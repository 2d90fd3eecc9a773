// The customers that a person opened without assignment, with the working days on which it did.
import type { Uuid } from "../kernel/bytes.ts";

const DAYS_KEPT = 28;
const CUSTOMERS_MAX = 1000;

/** INVARIANT: telling it the same thing twice changes nothing. */
export class UntiedCustomers {
  /** Days ascending; by the last of them, the oldest first. */
  readonly #days = new Map<Uuid, readonly number[]>();

  add(customerId: Uuid, day: number): void {
    const before = this.#days.get(customerId) ?? [];
    if (before.includes(day)) return;
    this.#days.delete(customerId);
    this.#days.set(
      customerId,
      [...before, day].filter((each) => each > day - DAYS_KEPT).toSorted((left, right) => left - right),
    );
    if (this.#days.size > CUSTOMERS_MAX) for (const oldest of this.#days.keys()) return void this.#days.delete(oldest);
  }

  /** On how many days this customer was opened, over the days from `from` on. */
  daysOf(customerId: Uuid, from: number): number {
    return (this.#days.get(customerId) ?? []).filter((day) => day >= from).length;
  }

  /** How many customers, over the days from `from` on. */
  countSince(from: number): number {
    let found = 0;
    for (const days of this.#days.values()) if ((days.at(-1) ?? 0) >= from) found += 1;
    return found;
  }

  forgetBefore(day: number): void {
    for (const [customerId, days] of this.#days) if ((days.at(-1) ?? 0) < day) this.#days.delete(customerId);
  }
}
