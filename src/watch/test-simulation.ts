// For tests: weeks of a workforce with snoopers among it, put before the real scorer, and what came of it.
import type { Uuid } from "../kernel/bytes.ts";
import { explanationOf, themeOf } from "./opening.ts";
import type { WatchRules } from "./rules.ts";
import { createScorer } from "./scorer.ts";
import { chanceOf } from "./test-random.ts";
import { plantSnoopers, type Snooper } from "./test-snoopers.ts";
import { buildTown, type Employee, relationsOf, type Town } from "./test-town.ts";
import { type Act, type Calendar, DAY_MS, HOUR_MS, momentOf, START_MS, workday } from "./test-workdays.ts";

/** Long absences begin well before the first day. */
const DAYS_BEFORE = 70;
const STORM = { from: 16, days: 3 };

export interface Alerted {
  readonly employee: Employee;
  readonly theme: string;
  readonly says: string;
  readonly atMs: number;
  /** About a snooper who had begun. */
  readonly isTrue: boolean;
}

export interface Outcome {
  readonly staffDays: number;
  readonly reads: number;
  /** Legitimate reads that were held, or that a second person was asked about. */
  readonly held: number;
  /** Legitimate reads that were asked for a reason or a fresh factor. */
  readonly questioned: number;
  readonly alerts: readonly Alerted[];
  readonly snoopers: readonly Snooper[];
  readonly found: ReadonlySet<Snooper>;
  readonly microsecondsEach: number;
}

export interface Setting {
  readonly seed: number;
  readonly days: number;
  readonly isCatastropheMode: boolean;
}

export function simulate(rules: WatchRules, { seed, days, isCatastropheMode }: Setting): Outcome {
  const chance = chanceOf(seed);
  const calendar: Calendar = { days, isStorm: (day) => day >= STORM.from && day < STORM.from + STORM.days };
  const plain = buildTown(chance);
  const snoopers = plantSnoopers(chance, plain, calendar);
  const town = withAbsent(plain, snoopers, (few) =>
    few.map((one) => ({ ...one, away: { since: 60, until: chance.between(8, 20) } })),
  );
  const scorer = createScorer(rules);
  const tally = createTally(rules, snoopers);
  const planted = Map.groupBy(
    snoopers.flatMap(({ acts }) => acts),
    ({ atMs }) => Math.floor((atMs - START_MS) / DAY_MS),
  );
  let processorMs = 0;
  for (let day = -DAYS_BEFORE; day < days; day += 1) {
    // Before the first day only those work who are then long away: they have a past, and it ends.
    const present = day < 0 ? { ...town, staff: town.staff.filter(({ away }) => away !== null) } : town;
    const acts = [...workday(chance, present, day, calendar), ...(planted.get(day) ?? [])];
    acts.sort((one, other) => one.atMs - other.atMs);
    for (const one of acts) {
      const isWidened =
        isCatastropheMode &&
        one.atMs > momentOf(STORM.from, 10) &&
        calendar.isStorm(Math.floor((one.atMs - START_MS) / DAY_MS));
      const before = process.hrtime.bigint();
      const verdict = weigh(scorer, one, isWidened ? rules.catastrophe.times : 1);
      processorMs += Number(process.hrtime.bigint() - before) / 1e6;
      if (day >= 0) tally.count(one, verdict);
    }
  }
  const done = tally.done();
  return { ...done, snoopers, microsecondsEach: (processorMs * 1000) / Math.max(1, done.reads) };
}

/** Puts the snoopers, as their plots made them, in their places, and sends three others on long leave. */
function withAbsent(town: Town, snoopers: readonly Snooper[], leave: (few: readonly Employee[]) => Employee[]): Town {
  const taken = new Map(snoopers.map(({ employee }) => [employee.id, employee]));
  const others = town.staff.filter(({ id }) => !taken.has(id));
  return {
    customers: town.customers,
    staff: [...taken.values(), ...leave(others.slice(80, 83)), ...others.slice(0, 80), ...others.slice(83)],
  };
}

function weigh(scorer: ReturnType<typeof createScorer>, one: Act, widened: number) {
  const { employee, customer, atMs, tie, refused, workUnitId } = one;
  const asker = { principalId: employee.id, role: employee.role, isMachine: false };
  if (customer === null) return scorer.noteNameSearch(asker, atMs);
  const { id: customerId, flags } = customer;
  const relations = relationsOf(employee, customer);
  return scorer.weigh(
    asker,
    { atMs, customerId, workUnitId, tie, refused, isClear: !refused, flags, relations },
    widened,
  );
}

function createTally(rules: WatchRules, snoopers: readonly Snooper[]) {
  const alerts: Alerted[] = [];
  const openUntilMs = new Map<string, number>();
  const staffDays = new Set<string>();
  const byEmployee = new Map<Uuid, Snooper>(snoopers.map((one) => [one.employee.id, one]));
  const begun = new Map(snoopers.map((one) => [one, Math.min(...one.acts.map(({ atMs }) => atMs))]));
  const found = new Set<Snooper>();
  const sums = { reads: 0, held: 0, questioned: 0 };
  return {
    count(one: Act, verdict: ReturnType<typeof weigh>): void {
      if (verdict === undefined) return;
      const { employee, atMs, planted } = one;
      staffDays.add(`${employee.id} ${Math.floor((atMs - START_MS) / DAY_MS)}`);
      sums.reads += 1;
      if (planted === null && (verdict.outcome === "hold" || verdict.outcome === "second-person")) sums.held += 1;
      else if (planted === null && verdict.outcome !== "allow") sums.questioned += 1;
      if (!verdict.isAlert) return;
      const snooper = byEmployee.get(employee.id);
      const isTrue = snooper !== undefined && atMs >= (begun.get(snooper) ?? Infinity);
      if (planted !== null && snooper !== undefined) found.add(snooper);
      const theme = themeOf(verdict);
      const key = `${employee.id} ${theme}`;
      if (atMs < (openUntilMs.get(key) ?? 0)) return;
      openUntilMs.set(key, atMs + rules.alerts.foldHours * HOUR_MS);
      alerts.push({ employee, theme, says: explanationOf(verdict), atMs, isTrue });
    },
    done: () => ({ ...sums, staffDays: staffDays.size, alerts, found }),
  };
}
