// For tests: twenty people who look where they have no business, each as the cases of the domain notes tell it, beside their ordinary work.
import type { Chance } from "./test-random.ts";
import { type Employee, type Job, type Person, relationsOf, type Town } from "./test-town.ts";
import { act, type Act, type Calendar, momentOf } from "./test-workdays.ts";

export interface Snooper {
  readonly kind: string;
  readonly employee: Employee;
  readonly acts: readonly Act[];
}

interface Plot {
  readonly chance: Chance;
  readonly town: Town;
  readonly employee: Employee;
  readonly calendar: Calendar;
}

/** A working hour of the employee's. */
function duty({ chance, employee }: Plot, day: number): number {
  return momentOf(weekday(day), employee.from + chance.next() * 8);
}

const weekday = (day: number): number => day - Math.max(0, (day % 7) - 4);
/** Not before everybody has a past. */
const laterDay = ({ chance, calendar }: Plot): number => chance.between(15, calendar.days - 3);

/** Searches by name, finds, looks. */
function peek(plot: Plot, kind: string, customer: Person, atMs: number): Act[] {
  const { employee, chance } = plot;
  return [
    act(atMs, employee, null, { planted: kind }),
    act(atMs + chance.between(10, 90) * 1000, employee, customer, { tie: "none", planted: kind }),
  ];
}

/** The snooper, moved next door to somebody where it lived next to nobody. */
type Plan = (plot: Plot) => { readonly acts: Act[]; readonly employee?: Employee };

const PLANS: readonly (readonly [kind: string, job: Job, plan: Plan])[] = [
  ["neighbour", "adjuster", (plot) => nextDoor(plot, false)],
  ["neighbour", "desk", (plot) => nextDoor(plot, true)],
  ["ex-partner", "adjuster", (plot) => again(plot, true)],
  ["ex-partner", "agent", (plot) => again(plot, false)],
  ["celebrity", "desk", (plot) => flagged(plot, "celebrity", "vip", 1)],
  ["celebrity", "adjuster", (plot) => flagged(plot, "celebrity", "vip", 2)],
  ["colleague", "adjuster", (plot) => flagged(plot, "colleague", "employee", 1)],
  ["colleague", "underwriter", (plot) => flagged(plot, "colleague", "employee", 3)],
  ["enumerator", "adjuster", (plot) => guesses(plot, 45)],
  ["enumerator", "desk", (plot) => guesses(plot, 150)],
  ["bulk-before-leaving", "agent", (plot) => bulk(plot, "book", 220)],
  ["bulk-before-leaving", "adjuster", (plot) => bulk(plot, "assigned", 130)],
  ["night-reader", "adjuster", (plot) => nights(plot, 3, 6)],
  ["night-reader", "underwriter", (plot) => nights(plot, 5, 3)],
  ["dormant-taken-over", "adjuster", (plot) => takenOver(plot, 25)],
  ["dormant-taken-over", "underwriter", (plot) => takenOver(plot, 8)],
  ["accident-seller", "desk", (plot) => daily(plot, "accident-seller", 4, 6)],
  ["accident-seller", "adjuster", (plot) => daily(plot, "accident-seller", 3, 5)],
  ["slow-and-low", "adjuster", (plot) => daily(plot, "slow-and-low", 1, 2)],
  ["slow-and-low", "lead", (plot) => daily(plot, "slow-and-low", 1, 2)],
];

export function plantSnoopers(chance: Chance, town: Town, calendar: Calendar): Snooper[] {
  const free = new Set(town.staff);
  return PLANS.map(([kind, job, plan]) => {
    const employee = chance.pick([...free].filter((one) => one.job === job));
    free.delete(employee);
    const plotted = plan({ chance, town, employee, calendar });
    return { kind, employee: plotted.employee ?? employee, acts: plotted.acts };
  });
}

function nextDoor(plot: Plot, isFamily: boolean): { acts: Act[]; employee: Employee } {
  const { chance, town } = plot;
  const neighbour = chance.pick(town.customers);
  const employee = {
    ...plot.employee,
    house: neighbour.house,
    ...(isFamily ? { surname: neighbour.surname } : {}),
  };
  return { employee, acts: peek({ ...plot, employee }, "neighbour", neighbour, duty(plot, laterDay(plot))) };
}

/** The same person again and again; some still share a telephone number. */
function again(plot: Plot, isSharedPhone: boolean): { acts: Act[]; employee: Employee } {
  const { chance, town, calendar } = plot;
  const partner = chance.pick(town.customers);
  const employee = isSharedPhone ? { ...plot.employee, phone: partner.phone } : plot.employee;
  const acts: Act[] = [];
  for (let day = 12 + chance.between(0, 2); day < calendar.days; day += chance.between(2, 5))
    acts.push(...peek({ ...plot, employee }, "ex-partner", partner, duty(plot, day)));
  return { employee, acts };
}

function flagged(plot: Plot, kind: string, flag: "vip" | "employee", times: number): { acts: Act[] } {
  const { chance, town, employee } = plot;
  const known = town.customers.filter(({ flags }) => flags.has(flag));
  const strangers = known.filter((one) => relationsOf(employee, one).size === 0);
  const day = laterDay(plot);
  return {
    acts: Array.from({ length: times }).flatMap(() => peek(plot, kind, chance.pick(strangers), duty(plot, day))),
  };
}

/** Ids tried one after the other: nearly all are nobody's, or nobody's of theirs. */
function guesses(plot: Plot, count: number): { acts: Act[] } {
  const { chance, town, employee } = plot;
  const from = duty(plot, laterDay(plot));
  const acts = Array.from({ length: count }, (_, at) => {
    const customer = chance.is(0.9) ? { ...chance.pick(town.customers), id: chance.id() } : chance.pick(town.customers);
    return act(from + at * 15_000, employee, customer, { tie: "none", refused: true, planted: "enumerator" });
  });
  return { acts };
}

/** Own customers, all of them, in the last days. */
function bulk(plot: Plot, tie: "book" | "assigned", count: number): { acts: Act[] } {
  const { chance, town, employee, calendar } = plot;
  const last = weekday(calendar.days - 2);
  const acts = Array.from({ length: count }, (_, at) => {
    const day = last - (at % 2);
    const atMs = momentOf(day, employee.from + 5 + chance.next() * 4);
    return act(atMs, employee, chance.pick(town.customers), { tie, planted: "bulk-before-leaving" });
  });
  return { acts };
}

function nights(plot: Plot, nightsCount: number, aNight: number): { acts: Act[] } {
  const { chance, town, employee } = plot;
  const first = chance.between(14, 18);
  const acts = Array.from({ length: nightsCount * aNight }, (_, at) => {
    const atMs = momentOf(first + Math.floor(at / aNight), 25 + chance.next() * 2);
    return act(atMs, employee, chance.pick(town.customers), { tie: "none", planted: "night-reader" });
  });
  return { acts };
}

function takenOver(plot: Plot, count: number): { acts: Act[]; employee: Employee } {
  const { chance, town, calendar } = plot;
  const employee = { ...plot.employee, away: { since: 60, until: calendar.days + 1 } };
  const from = momentOf(laterDay(plot), 18);
  const acts = Array.from({ length: count }, (_, at) =>
    act(from + at * 90_000, employee, chance.pick(town.customers), { tie: "none", planted: "dormant-taken-over" }),
  );
  return { acts, employee };
}

/** A few every working day, in the middle of work. */
function daily(plot: Plot, kind: string, low: number, high: number): { acts: Act[] } {
  const { chance, town, employee, calendar } = plot;
  const acts: Act[] = [];
  for (let day = 7; day < calendar.days; day += 1) {
    if (day % 7 > 4) continue;
    for (let left = chance.between(low, high); left > 0; left -= 1)
      acts.push(act(duty(plot, day), employee, chance.pick(town.customers), { tie: "none", planted: kind }));
  }
  return { acts };
}
