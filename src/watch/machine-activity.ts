// What one system did of late: different customers in this hour and day, and ids refused to it.
import type { Uuid } from "../kernel/bytes.ts";
import { DistinctCount } from "./distinct-count.ts";
import { RecentSet } from "./recent-set.ts";
import { DAY_MS } from "./working-days.ts";

const HOUR_MS = 3_600_000;
/** Exact to a percent at the greatest ceilings; 32 KB and 128 KB a system that reads. */
const HOUR_BITS = 2 ** 18;
const DAY_BITS = 2 ** 20;
/** Up to here the ids themselves are kept. */
const FEW = 1000;

/** INVARIANT: telling it the same thing twice changes nothing. */
export class MachineActivity {
  readonly refused = new RecentSet<Uuid>(HOUR_MS, 10_000);
  readonly #hour = new Tumbling(HOUR_MS, HOUR_BITS);
  readonly #day = new Tumbling(DAY_MS, DAY_BITS);

  note(atMs: number, customerId: Uuid, refused: boolean): void {
    if (refused) this.refused.add(customerId, atMs);
    this.#hour.add(atMs, customerId);
    this.#day.add(atMs, customerId);
  }

  customersThisHour(): number {
    return this.#hour.count();
  }

  customersToday(): number {
    return this.#day.count();
  }
}

/** Counts anew in each window of the clock. */
class Tumbling {
  readonly #windowMs: number;
  readonly #bits: number;
  #few = new Set<Uuid>();
  #many: DistinctCount | null = null;
  #window = 0;

  constructor(windowMs: number, bits: number) {
    this.#windowMs = windowMs;
    this.#bits = bits;
  }

  add(atMs: number, customerId: Uuid): void {
    const window = Math.floor(atMs / this.#windowMs);
    if (window < this.#window) return;
    if (window > this.#window) {
      this.#window = window;
      this.#few.clear();
      this.#many = null;
    }
    if (this.#many === null) {
      this.#few.add(customerId);
      if (this.#few.size > FEW) this.#spill();
    } else this.#many.add(customerId);
  }

  count(): number {
    return this.#many?.count() ?? this.#few.size;
  }

  #spill(): void {
    this.#many = new DistinctCount(this.#bits);
    for (const each of this.#few) this.#many.add(each);
    this.#few = new Set();
  }
}
