// What is usual in a role: how the days of all its people are spread, so that one who stands out is seen.
import type { Role } from "../kernel/vocabulary.ts";

/** What of a person is compared with peers. */
const MEASURES = ["customers-a-day", "unassigned-a-week", "unassigned-a-month"] as const;
export type Measure = (typeof MEASURES)[number];

const DAYS_KEPT = 28;
/** Too few days of peers say nothing. */
const SAMPLES_MIN = 40;
/** Counts up to here stand for themselves, greater ones in steps of a sixteenth. */
const EXACT_MAX = 32;
const STEPS_AN_OCTAVE = 16;
const BUCKETS = EXACT_MAX + STEPS_AN_OCTAVE * 12;

/** Histograms of the last days, one a role, measure and day. Holds counts only. */
export class Peers {
  readonly #days = new Map<string, Map<number, Uint32Array>>();
  readonly #known = new Map<string, { readonly day: number; readonly value: number | null }>();

  /** A day that is over. */
  add(role: Role, measure: Measure, day: number, value: number): void {
    const key = `${role} ${measure}`;
    const days = this.#days.get(key) ?? new Map<number, Uint32Array>();
    this.#days.set(key, days);
    const buckets = days.get(day) ?? new Uint32Array(BUCKETS);
    days.set(day, buckets);
    const bucket = bucketOf(value);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    for (const each of days.keys()) if (each <= day - DAYS_KEPT) days.delete(each);
  }

  /** What 95 of 100 of the role's days before `today` come to at most; null while there are too few. Taken once a day. */
  usual(role: Role, measure: Measure, today: number): number | null {
    const key = `${role} ${measure}`;
    const known = this.#known.get(key);
    if (known?.day === today) return known.value;
    const value = quantileOf(
      [...(this.#days.get(key) ?? [])].flatMap(([day, buckets]) => (day < today ? [buckets] : [])),
    );
    this.#known.set(key, { day: today, value });
    return value;
  }

  /** After the past was read anew. */
  forgetKnown(): void {
    this.#known.clear();
  }
}

function quantileOf(days: readonly Uint32Array[]): number | null {
  const sums = new Float64Array(BUCKETS);
  let total = 0;
  for (const buckets of days) {
    for (let at = 0; at < BUCKETS; at += 1) {
      sums[at] = (sums[at] ?? 0) + (buckets[at] ?? 0);
      total += buckets[at] ?? 0;
    }
  }
  if (total < SAMPLES_MIN) return null;
  let below = 0;
  for (let at = 0; at < BUCKETS; at += 1) {
    below += sums[at] ?? 0;
    if (below >= total * 0.95) return valueOf(at);
  }
  return valueOf(BUCKETS - 1);
}

function bucketOf(value: number): number {
  if (value <= EXACT_MAX) return value;
  return Math.min(BUCKETS - 1, EXACT_MAX + Math.ceil(Math.log2(value / EXACT_MAX) * STEPS_AN_OCTAVE));
}

/** The greatest count in a bucket. */
function valueOf(bucket: number): number {
  return bucket <= EXACT_MAX ? bucket : Math.round(EXACT_MAX * 2 ** ((bucket - EXACT_MAX) / STEPS_AN_OCTAVE));
}
