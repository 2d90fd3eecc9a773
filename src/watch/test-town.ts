// For tests: the people of a simulated insurer, staff and customers, who share names, houses and telephones as people do.
import type { Uuid } from "../kernel/bytes.ts";
import type { Flag, Role } from "../kernel/vocabulary.ts";
import type { RelationCode } from "./rules.ts";
import type { Chance } from "./test-random.ts";

export interface Person {
  readonly id: Uuid;
  readonly surname: number;
  readonly house: number;
  readonly phone: number;
  readonly flags: ReadonlySet<Flag>;
}

export type Job = "desk" | "night-desk" | "adjuster" | "lead" | "agent" | "underwriter" | "investigator" | "compliance";

export interface Employee extends Person {
  readonly job: Job;
  readonly role: Role;
  /** Local hour at which the shift begins. */
  readonly from: number;
  readonly worksWeekends: boolean;
  /** How often this one helps out with somebody else's file. */
  readonly helpfulness: number;
  /** Days before the first of the simulation on which a long absence began, and the day of the return; null for all others. */
  readonly away: { readonly since: number; readonly until: number } | null;
  readonly ownFile: Uuid | null;
}

export interface Town {
  readonly customers: readonly Person[];
  readonly staff: readonly Employee[];
}

/** What two hundred people serve. */
const CUSTOMERS = 300_000;
const SURNAMES = 8000;
// Staff who are customers, former ones and their spouses.
const EMPLOYEES_SHARE = 0.001;
const NO_FLAGS: ReadonlySet<Flag> = new Set();
const JOBS: readonly (readonly [Job, Role, number])[] = [
  ["desk", "csr", 65],
  ["night-desk", "csr", 6],
  ["adjuster", "claims-adjuster", 80],
  ["lead", "claims-adjuster", 12],
  ["agent", "agent", 16],
  ["underwriter", "underwriter", 11],
  ["investigator", "siu-investigator", 5],
  ["compliance", "compliance", 5],
];

export function buildTown(chance: Chance): Town {
  const customers: Person[] = [];
  for (let house = 0; customers.length < CUSTOMERS; house += 1) customers.push(...household(chance, house));
  const staff = JOBS.flatMap(([job, role, count]) =>
    Array.from({ length: count }, () => employ(chance, customers, job, role)),
  );
  return { customers, staff };
}

/** One family, or a building of many. A fifth of those who live together have another name. */
function household(chance: Chance, house: number): Person[] {
  const families = chance.is(0.02) ? chance.between(4, 25) : 1;
  return Array.from({ length: families }).flatMap(() => {
    const surname = surnameOf(chance);
    const phone = chance.between(0, 1e9);
    return Array.from({ length: chance.between(1, 3) }, () => ({
      id: chance.id(),
      surname: chance.is(0.2) ? surnameOf(chance) : surname,
      house,
      phone: chance.is(0.3) ? phone : chance.between(0, 1e9),
      flags: flagsOf(chance),
    }));
  });
}

/** The nth commonest name is borne by one in n of those who bear the commonest (Zipf), which one in a hundred does. */
function surnameOf(chance: Chance): number {
  return Math.floor(SURNAMES ** chance.next());
}

function flagsOf(chance: Chance): ReadonlySet<Flag> {
  const flags: Flag[] = [];
  if (chance.is(0.001)) flags.push("vip");
  if (chance.is(EMPLOYEES_SHARE)) flags.push("employee");
  if (chance.is(0.01)) flags.push("deceased");
  return flags.length === 0 ? NO_FLAGS : new Set(flags);
}

const HOURS: Readonly<Record<Job, readonly number[]>> = {
  desk: [7, 8, 10, 12],
  "night-desk": [21],
  adjuster: [7, 8, 8, 9],
  lead: [8],
  agent: [8, 9, 10],
  underwriter: [8, 9],
  investigator: [7, 9, 11],
  compliance: [8, 9],
};

function employ(chance: Chance, customers: readonly Person[], job: Job, role: Role): Employee {
  // A third live in a house of the insurer's own customers and are customers themselves.
  const own = chance.is(0.33) ? chance.pick(customers) : null;
  return {
    ...(own ?? { surname: surnameOf(chance), house: -chance.between(1, 1e6), phone: chance.between(0, 1e9) }),
    id: chance.id(),
    flags: NO_FLAGS,
    job,
    role,
    from: chance.pick(HOURS[job]),
    worksWeekends: job === "desk" ? chance.is(0.4) : job === "night-desk",
    helpfulness: chance.is(0.1) ? 0.05 : 0.015,
    away: null,
    ownFile: own?.id ?? null,
  };
}

/** What the comparison of keyed hashes would find. */
export function relationsOf(employee: Employee, customer: Person): ReadonlySet<RelationCode> {
  const { house, surname, phone } = customer;
  if (employee.house !== house && employee.surname !== surname && employee.phone !== phone) return NO_RELATIONS;
  const found: RelationCode[] = [];
  if (employee.ownFile === customer.id) found.push("own-file");
  const isHouse = employee.house === customer.house;
  const isName = employee.surname === customer.surname;
  if (isHouse && isName) found.push("same-surname-and-address");
  else if (isHouse) found.push("same-address");
  else if (isName) found.push("same-surname");
  if (employee.phone === customer.phone) found.push("same-phone");
  return found.length === 0 ? NO_RELATIONS : new Set(found);
}

const NO_RELATIONS: ReadonlySet<RelationCode> = new Set();
