// A person's last working days: how many customers on each, and at which hours. What is odd is odd against these.
const DAYS_KEPT = 28;
const HOURS = 24;
const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export interface WorkingDay {
  /** Working days since 1970, counted from the hour at which one begins. */
  readonly day: number;
  readonly customers: number;
  /** Of these, how many without assignment. */
  readonly unassigned: number;
  /** Bit n: something was opened in the nth hour UTC. */
  readonly hours: number;
  /** In a catastrophe mode: no measure of what is usual. */
  readonly isExceptional: boolean;
}

export function workingDayOf(atMs: number, startsAtHourUtc: number): number {
  return Math.floor((atMs - startsAtHourUtc * HOUR_MS) / DAY_MS);
}

export function hourOf(atMs: number): number {
  return Math.floor(atMs / HOUR_MS) % HOURS;
}

/** Days that are over, those without work left out; today is not among them. */
export class WorkingDays {
  readonly #days: WorkingDay[] = [];
  #hourDays: Uint8Array | null = null;
  #usual: number | null = null;

  /** In order of days; one that is known already is replaced. */
  add(day: WorkingDay): void {
    const at = this.#days.findIndex((known) => known.day >= day.day);
    if (at === -1) this.#days.push(day);
    else this.#days.splice(at, this.#days[at]?.day === day.day ? 1 : 0, day);
    if (this.#days.length > DAYS_KEPT) this.#days.shift();
    this.#hourDays = null;
    this.#usual = null;
  }

  get count(): number {
    return this.#days.length;
  }

  /** Null when there is none. */
  get last(): number | null {
    return this.#days.at(-1)?.day ?? null;
  }

  /** Nine in ten days had at most so many customers. */
  get usualCustomers(): number {
    this.#usual ??= quantile(
      this.#days.flatMap(({ customers, isExceptional }) => (isExceptional ? [] : [customers])),
      0.9,
    );
    return this.#usual;
  }

  /** On what share of the days there was work in this hour or one beside it. */
  shareAt(hour: number): number {
    if (this.#days.length === 0) return 0;
    this.#hourDays ??= countHours(this.#days);
    return (this.#hourDays[hour] ?? 0) / this.#days.length;
  }

  /** Without assignment, over the days from `from` on. */
  unassignedSince(from: number): number {
    return this.#days.reduce((sum, { day, unassigned }) => (day >= from ? sum + unassigned : sum), 0);
  }
}

function countHours(days: readonly WorkingDay[]): Uint8Array {
  const found = new Uint8Array(HOURS);
  for (let hour = 0; hour < HOURS; hour += 1) {
    const near = (1 << hour) | (1 << ((hour + 1) % HOURS)) | (1 << ((hour + HOURS - 1) % HOURS));
    found[hour] = days.filter(({ hours }) => (hours & near) !== 0).length;
  }
  return found;
}

/** The smallest value that this share of all reaches at most; 0 of none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
