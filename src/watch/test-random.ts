// For tests: chance that comes out the same for the same seed (mulberry32), and the draws that a simulated workforce needs.
import type { Uuid } from "../kernel/bytes.ts";

export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** Whole, from `low` to `high` with both. */
  between(low: number, high: number): number;
  is(probability: number): boolean;
  pick<Item>(from: readonly Item[]): Item;
  /** Poisson, by counting exponential waits. */
  poisson(mean: number): number;
  id(): Uuid;
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const hex = (digits: number): string =>
    Math.floor(next() * 16 ** digits)
      .toString(16)
      .padStart(digits, "0");
  return {
    next,
    between,
    is: (probability) => next() < probability,
    pick: (from) => {
      const found = from[between(0, from.length - 1)];
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
    poisson: (mean) => {
      let drawn = 0;
      let left = mean + Math.log(1 - next());
      while (left > 0) {
        drawn += 1;
        left += Math.log(1 - next());
      }
      return drawn;
    },
    id: () => `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(4)}${hex(8)}` as Uuid,
  };
}
