// For attacks: what is killed, and when, as a seed says. The same seed gives the same plan.

export interface Kill {
  readonly target: "server" | "database" | "both";
  /** What is waited for: nothing, or that something is under way. */
  readonly moment: Moment;
  /** Milliseconds from then on. */
  readonly delayMs: number;
}

export type Moment = "any" | "import" | "rotation" | "erasure" | "publishing" | "rewrap";

const TARGETS = ["server", "database", "both"] as const;
const MOMENTS: readonly Moment[] = ["any", "import", "rotation", "erasure", "publishing", "rewrap"];
/** From a step just begun to one nearly done. Files change within milliseconds, requests take longer. */
const DELAY_MS_MAX: Readonly<Record<Moment, number>> = {
  any: 1500,
  import: 200,
  rotation: 5000,
  erasure: 1500,
  publishing: 6,
  rewrap: 6,
};

export type Random = () => number;

/** Numbers from 0 to 1 (Mulberry32, public domain). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)]!;
}

/** Every pair of target and moment comes before any comes twice. */
export function planKills(seed: number, count: number): Kill[] {
  const random = randomFrom(seed);
  const plan: Kill[] = [];
  while (plan.length < count) {
    const pairs = TARGETS.flatMap((target) => MOMENTS.map((moment) => ({ target, moment, order: random() })));
    for (const { target, moment } of pairs.toSorted((left, right) => left.order - right.order)) {
      plan.push({ target, moment, delayMs: Math.floor(random() * DELAY_MS_MAX[moment]) });
    }
  }
  return plan.slice(0, count);
}
