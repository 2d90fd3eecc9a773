// For attacks: the people of an insurer and the statistics of their names, which an attacker is taken to know exactly.
import { base, en, en_US, Faker } from "@faker-js/faker";

export interface Insured {
  readonly first: string;
  readonly last: string;
  readonly born: string;
  readonly street: string;
  readonly postcode: string;
  readonly phone: string;
  readonly email: string;
  readonly ssn: string;
}

/** A value and how likely it is. */
export interface Share {
  readonly value: string;
  readonly share: number;
}

/** What is public: censuses print it, and every insurer's population looks much like its country. */
export interface NameStatistics {
  readonly lasts: readonly Share[];
  /** First names by the decade of birth, since each generation has its own. */
  readonly firsts: ReadonlyMap<number, readonly Share[]>;
  readonly years: readonly Share[];
}

export interface People {
  readonly insured: readonly Insured[];
  readonly statistics: NameStatistics;
}

const YEAR_FIRST = 1930;
const YEARS = 80;
const LASTS = 60_000;
const FIRSTS = 2500;
/** Zipf and Mandelbrot, share(i) ~ 1 / (i + offset) ** exponent, fitted to the commonest shares that the schema declares. */
const LAST_CURVE = { offset: 10, exponent: 0.98 };
const FIRST_CURVE = { offset: 7, exponent: 1 };

export function makePeople(count: number, seed: number): People {
  const faker = new Faker({ locale: [en_US, en, base], seed });
  faker.setDefaultRefDate("2026-01-01T00:00:00Z");
  const statistics = nameStatistics(faker);
  const draws = {
    last: drawer(statistics.lasts),
    year: drawer(statistics.years),
    first: new Map([...statistics.firsts].map(([decade, shares]) => [decade, drawer(shares)])),
  };
  const insured: Insured[] = [];
  while (insured.length < count) {
    const home = homeOf(faker);
    const last = draws.last(faker.number.float());
    const size = Math.min(count - insured.length, faker.helpers.weightedArrayElement(HOUSEHOLDS));
    for (let member = 0; member < size; member++) {
      const year = Number(draws.year(faker.number.float()));
      const first = draws.first.get(decadeOf(year))?.(faker.number.float()) ?? "";
      insured.push({ first, last, ...home, ...ownOf(faker, first, last, year) });
    }
  }
  return { insured: faker.helpers.shuffle(insured), statistics };
}

const HOUSEHOLDS = [
  { value: 1, weight: 55 },
  { value: 2, weight: 25 },
  { value: 3, weight: 10 },
  { value: 4, weight: 10 },
];

const decadeOf = (year: number): number => Math.floor(year / 10);

function homeOf(faker: Faker): Pick<Insured, "street" | "postcode" | "phone"> {
  return {
    street: faker.location.streetAddress(),
    postcode: String(faker.number.int({ min: 1000, max: 99_950 })).padStart(5, "0"),
    phone: faker.phone.number({ style: "national" }),
  };
}

function ownOf(faker: Faker, first: string, last: string, year: number): Pick<Insured, "born" | "email" | "ssn"> {
  const day = faker.number.int({ min: 0, max: 364 });
  const born = new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10);
  const area = faker.number.int({ min: 1, max: 665 });
  const serial = faker.number.int({ min: 1, max: 9999 });
  const ssn = `${pad(area, 3)}-${pad(faker.number.int({ min: 1, max: 99 }), 2)}-${pad(serial, 4)}`;
  return { born, email: `${first}.${last}${faker.number.int(99_999)}@example.com`.toLowerCase(), ssn };
}

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

function nameStatistics(faker: Faker): NameStatistics {
  const { last_name: lastNames, first_name: firstNames } = faker.definitions.person;
  const knownLasts = faker.helpers.shuffle([...(lastNames.generic ?? [])]);
  const knownFirsts = faker.helpers
    .shuffle([...new Set([...(firstNames.generic ?? []), ...(firstNames.male ?? []), ...(firstNames.female ?? [])])])
    .slice(0, FIRSTS);
  const decades = Array.from({ length: YEARS / 10 }, (_, at) => YEAR_FIRST / 10 + at);
  return {
    lasts: curve(withInvented(faker, knownLasts, LASTS), LAST_CURVE),
    firsts: new Map(decades.map((decade) => [decade, curve(fashion(faker, knownFirsts), FIRST_CURVE)])),
    years: ages(),
  };
}

/** Rarer last names than the list holds, with the look of those it holds: each letter follows two as it does there. */
function withInvented(faker: Faker, known: readonly string[], count: number): string[] {
  const after = new Map<string, string[]>();
  for (const name of known) {
    const text = `^^${name.toLowerCase()}$`;
    for (let at = 2; at < text.length; at++) {
      const before = text.slice(at - 2, at);
      after.set(before, [...(after.get(before) ?? []), text[at] ?? "$"]);
    }
  }
  const names = new Set(known.map((name) => name.toLowerCase()));
  while (names.size < count) {
    const name = invented(faker, after);
    if (name.length >= 4 && name.length <= 14) names.add(name);
  }
  return [...names];
}

function invented(faker: Faker, after: ReadonlyMap<string, readonly string[]>): string {
  let text = "^^";
  while (!text.endsWith("$") && text.length < 20)
    text += faker.helpers.arrayElement(after.get(text.slice(-2)) ?? ["$"]);
  return text.slice(2, -1);
}

/** A generation's order of first names: what is common in one is less so in the next. */
function fashion(faker: Faker, names: readonly string[]): string[] {
  const keys = new Map(names.map((name, at) => [name, Math.log(at + 1) + faker.number.float({ min: -1, max: 1 })]));
  return names.toSorted((left, right) => (keys.get(left) ?? 0) - (keys.get(right) ?? 0));
}

function curve(values: readonly string[], { offset, exponent }: { offset: number; exponent: number }): Share[] {
  const weights = values.map((_, at) => 1 / (at + 1 + offset) ** exponent);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return values.map((value, at) => ({ value, share: (weights[at] ?? 0) / sum }));
}

/** An age pyramid: even, and thinning out among the old. */
function ages(): Share[] {
  const weights = Array.from({ length: YEARS }, (_, at) => 1 / (1 + Math.exp((20 - at) / 6)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight, at) => ({ value: String(YEAR_FIRST + at), share: weight / sum }));
}

/** Draws by a number from 0 to 1. */
function drawer(shares: readonly Share[]): (at: number) => string {
  let total = 0;
  const ends = shares.map(({ share }) => (total += share));
  return (at) => {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 1) < at * total) low = middle + 1;
      else high = middle;
    }
    return shares[low]?.value ?? "";
  };
}
