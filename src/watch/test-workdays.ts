// For tests: what ordinary work looks like, day by day: shifts, call desks, assigned claims, cover for the sick, month ends, and a storm. Knows no threshold.
import type { Uuid } from "../kernel/bytes.ts";
import type { Tie } from "./opening.ts";
import type { Chance } from "./test-random.ts";
import type { Employee, Person, Town } from "./test-town.ts";

/** One look, or one search by name. */
export interface Act {
  readonly atMs: number;
  readonly employee: Employee;
  /** Null for a search. */
  readonly customer: Person | null;
  readonly tie: Tie;
  readonly refused: boolean;
  /** Null for ordinary work; the kind of snooper otherwise. */
  readonly planted: string | null;
  readonly workUnitId: Uuid | null;
}

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** A Monday, at midnight five hours behind UTC. */
export const START_MS = Date.UTC(2026, 2, 2, 5);

export interface Calendar {
  readonly days: number;
  readonly isStorm: (day: number) => boolean;
}

/** The moment of a local time of day, spread over the following seconds. */
export function momentOf(day: number, hour: number): number {
  return START_MS + day * DAY_MS + hour * HOUR_MS;
}

export function act(
  atMs: number,
  employee: Employee,
  customer: Person | null,
  rest: Partial<Pick<Act, "tie" | "refused" | "planted" | "workUnitId">> = {},
): Act {
  return { atMs, employee, customer, tie: "assigned", refused: false, planted: null, workUnitId: null, ...rest };
}

/** Everything that everybody does on one day. */
export function workday(chance: Chance, town: Town, day: number, calendar: Calendar): Act[] {
  const isWeekend = day % 7 === 5 || day % 7 === 6;
  const isStorm = calendar.isStorm(day);
  return town.staff.flatMap((employee) => {
    const { away } = employee;
    if (away !== null && day >= -away.since && day < away.until) return [];
    // Holidays and illness; a storm calls people in.
    if (chance.is(isStorm ? 0.03 : 0.09)) return [];
    if (isWeekend && !employee.worksWeekends && !chance.is(isStorm ? 0.5 : 0.02)) return [];
    return dayOf(chance, town, employee, { day, isStorm });
  });
}

interface Desk {
  readonly chance: Chance;
  readonly town: Town;
  readonly employee: Employee;
}

interface DayKind {
  readonly day: number;
  readonly isStorm: boolean;
}

function dayOf(chance: Chance, town: Town, employee: Employee, kind: DayKind): Act[] {
  switch (employee.job) {
    case "desk":
    case "night-desk":
      return calls(chance, town, employee, kind);
    case "adjuster":
      return claims(chance, town, employee, kind);
    case "lead":
      return files({ chance, town, employee }, kind, { tie: "book", usual: 24, many: 75, manyShare: 0.05 });
    case "agent":
      return files({ chance, town, employee }, kind, { tie: "book", usual: 15, many: 60, manyShare: 0.04 });
    case "underwriter":
      return files({ chance, town, employee }, kind, { tie: "assigned", usual: 12, many: 25, manyShare: 0.05 });
    case "investigator":
      return files({ chance, town, employee }, kind, { tie: "assigned", usual: 8, many: 30, manyShare: 0.08 });
    case "compliance":
      return files({ chance, town, employee }, kind, { tie: "oversight", usual: 30, many: 90, manyShare: 0.05 });
  }
}

/** Twenty to sixty calls an hour. Callers give a name more often than a number; now and then the wrong namesake is opened first. */
function calls(chance: Chance, town: Town, employee: Employee, { day, isStorm }: DayKind): Act[] {
  const acts: Act[] = [];
  const isMonday = day % 7 === 0;
  for (let hour = 0; hour < 8; hour += 1) {
    if (hour === 4) continue;
    const busy = isStorm ? 55 : isMonday && hour < 3 ? 48 : 28;
    const count = Math.min(chance.poisson(busy), employee.job === "night-desk" ? 14 : 62);
    for (let call = 0; call < count; call += 1) {
      const atMs = momentOf(day, employee.from + hour + (call + chance.next()) / count);
      if (chance.is(0.6)) acts.push(act(atMs - 15_000, employee, null));
      if (chance.is(0.004)) acts.push(act(atMs - 5000, employee, chance.pick(town.customers), { tie: "none" }));
      acts.push(act(atMs, employee, chance.pick(town.customers)));
    }
  }
  return acts;
}

/** Some eighteen of the own claims, a few of them new; a colleague's now and then; a sick colleague's whole pile on some days; late evenings. */
function claims(chance: Chance, town: Town, employee: Employee, { day, isStorm }: DayKind): Act[] {
  const pile = chance.is(0.03) ? chance.between(15, 30) : 0;
  const count = chance.poisson(isStorm ? 42 : 18) + pile;
  const lateFrom = chance.is(0.04) ? 19 : null;
  return Array.from({ length: count }).flatMap((_, at): Act[] => {
    const isLate = lateFrom !== null && at > count - 6;
    const hour = isLate ? lateFrom + chance.next() * 3 : employee.from + chance.next() * (isStorm ? 12 : 8.5);
    return look({ chance, town, employee }, momentOf(day, hour), "assigned");
  });
}

interface Files {
  readonly tie: Tie;
  readonly usual: number;
  /** On some days a review of many: month end, renewals, an audit. */
  readonly many: number;
  readonly manyShare: number;
}

function files({ chance, town, employee }: Desk, { day, isStorm }: DayKind, kind: Files): Act[] {
  const isMany = chance.is(kind.manyShare);
  const count = chance.poisson(isMany ? kind.many : isStorm ? kind.usual * 1.5 : kind.usual);
  const isLate = employee.job === "investigator" && chance.is(0.2);
  return Array.from({ length: count }).flatMap((): Act[] => {
    const hour = employee.from + chance.next() * 8.5 + (isLate ? 6 : 0);
    return look({ chance, town, employee }, momentOf(day, hour), kind.tie);
  });
}

/** One's own work, or somebody else's: a colleague at lunch, a misfiled letter. */
function look({ chance, town, employee }: Desk, atMs: number, tie: Tie): Act[] {
  const customer = chance.pick(town.customers);
  if (tie === "oversight" || !chance.is(employee.helpfulness)) return [act(atMs, employee, customer, { tie })];
  const isByName = chance.is(0.4);
  return [
    ...(isByName ? [act(atMs - 20_000, employee, null)] : []),
    act(atMs, employee, customer, { tie: "none", refused: chance.is(0.1) }),
  ];
}
