// What one person did of late, kept up while it happens: enough to tell a look from the work around it.
import type { Uuid } from "../kernel/bytes.ts";
import { DistinctCount } from "./distinct-count.ts";
import type { Opening } from "./opening.ts";
import { RecentSet } from "./recent-set.ts";
import { UntiedCustomers } from "./untied-customers.ts";
import { DAY_MS, hourOf, type WorkingDay, WorkingDays, workingDayOf } from "./working-days.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TODAY_BITS = 4096;
const NEW_KEPT = 128;
const WORKS_MAX = 100;

type Noted = Pick<Opening, "atMs" | "customerId" | "tie" | "refused" | "workUnitId"> & {
  /** Counts towards how fast somebody goes: what was seen here, and was no line of a list. */
  readonly isRead: boolean;
};

/** INVARIANT: telling it the same thing twice changes nothing: what this process saw is met again in the ledger. */
export class PersonActivity {
  readonly hour = new RecentSet<Uuid>(HOUR_MS, 5000);
  readonly refused = new RecentSet<Uuid>(HOUR_MS, 1000);
  readonly untied = new UntiedCustomers();
  /** Without assignment, soon after a search by name. */
  readonly foundByName = new RecentSet<Uuid>(7 * DAY_MS, 500);
  readonly days = new WorkingDays();
  /** The last search by name; 0 when there was none. */
  nameSearchMs = 0;
  /** The day that is being counted; 0 before anything was. */
  today = 0;

  readonly #startsAtHourUtc: number;
  readonly #customers = new DistinctCount(TODAY_BITS);
  readonly #works = new Map<Uuid, RecentSet<Uuid>>();
  /** Of the hour those that were opened one by one: a list of masked lines of one's own work does not make them known. */
  readonly #read = new RecentSet<Uuid>(HOUR_MS, 5000);
  /** When such were opened that had not been for an hour. */
  readonly #newAtMs = new Float64Array(NEW_KEPT);
  #newCount = 0;
  #hours = 0;
  #isExceptional = false;

  constructor(startsAtHourUtc: number) {
    this.#startsAtHourUtc = startsAtHourUtc;
  }

  /** Returns the day that this opening ends by being on a later one; null on every other. */
  note(opening: Noted): WorkingDay | null {
    const { atMs, customerId, tie, refused, workUnitId, isRead } = opening;
    const day = workingDayOf(atMs, this.#startsAtHourUtc);
    const ended = this.#turnTo(day);
    if (tie === "none" || tie === "emergency") this.untied.add(customerId, day);
    if (refused) this.refused.add(customerId, atMs);
    // What was read late of a day that is over changes no count of today.
    if (day < this.today) return null;
    this.#hours |= 1 << hourOf(atMs);
    this.hour.add(customerId, atMs);
    if (isRead && this.#read.add(customerId, atMs)) this.#newAtMs[this.#newCount++ % NEW_KEPT] = atMs;
    this.#customers.add(customerId);
    if (workUnitId !== null) this.#workOf(workUnitId).add(customerId, atMs);
    return ended;
  }

  /** Customers opened within the minute before, who had not been for an hour; no more than are kept. */
  newWithinMinute(nowMs: number): number {
    const kept = Math.min(this.#newCount, NEW_KEPT);
    let found = 0;
    while (found < kept && (this.#newAtMs[(this.#newCount - 1 - found) % NEW_KEPT] ?? 0) > nowMs - MINUTE_MS)
      found += 1;
    return found;
  }

  /** This day is no measure of what is usual. */
  makeExceptional(): void {
    this.#isExceptional = true;
  }

  /** Different customers of this day so far. */
  customersToday(): number {
    return this.#customers.count();
  }

  customersFrom(workUnitId: Uuid, nowMs: number): number {
    return this.#works.get(workUnitId)?.count(nowMs) ?? 0;
  }

  #turnTo(day: number): WorkingDay | null {
    if (day <= this.today) return null;
    const ended =
      this.#hours === 0
        ? null
        : {
            day: this.today,
            customers: this.customersToday(),
            unassigned: this.untied.countSince(this.today),
            hours: this.#hours,
            isExceptional: this.#isExceptional,
          };
    if (ended !== null) this.days.add(ended);
    this.untied.forgetBefore(day - 28);
    this.#customers.clear();
    this.#hours = 0;
    this.#isExceptional = false;
    this.today = day;
    return ended;
  }

  #workOf(workUnitId: Uuid): RecentSet<Uuid> {
    const known = this.#works.get(workUnitId);
    if (known !== undefined) return known;
    const made = new RecentSet<Uuid>(DAY_MS, 200);
    this.#works.set(workUnitId, made);
    if (this.#works.size > WORKS_MAX)
      for (const oldest of this.#works.keys()) {
        this.#works.delete(oldest);
        break;
      }
    return made;
  }
}
