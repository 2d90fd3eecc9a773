// Where somebody is, in the law's eyes: country and state, the zone whose days count there, and which days nobody works.
import { createRequire } from "node:module";
import type Calendars from "date-holidays";
import { ClocksError } from "./errors.ts";

/** ISO 3166-1 alpha-2, and the second half of ISO 3166-2 where the country's states matter. */
export interface Place {
  readonly country: string;
  readonly state: string | null;
}

export const EEA: ReadonlySet<string> = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "),
);

/** The law of the United Kingdom knows nations only for holidays; England's are taken where none is named. */
const DEFAULT_STATES: Readonly<Record<string, string>> = { GB: "ENG" };

/** Where the library names first a zone in which hardly anybody of the state lives. */
const STATE_ZONES: Readonly<Record<string, string>> = { "CA-QC": "America/Toronto", "CA-PE": "America/Halifax" };

const WEEKEND: readonly number[] = [6, 7];
const CALENDARS_MAX = 2000;

// The holidays of the world are some megabytes, which a server without requests need not hold.
const require = createRequire(import.meta.url);
const calendarsOf = (): typeof Calendars => require("date-holidays") as typeof Calendars;

const zones = new Map<string, string>();
const calendars = new Map<string, ReadonlySet<string>>();

/** Throws ClocksError `unknown-place`. */
export function zoneOf(place: Place): string {
  const key = keyOf(place);
  const known = zones.get(key);
  if (known !== undefined) return known;
  // A state in several zones has the one that most live in, which the library names first but for two.
  const zone = STATE_ZONES[key] ?? holidaysOf(place).getTimezones()[0];
  if (zone === undefined) throw new ClocksError("unknown-place");
  zones.set(key, zone);
  return zone;
}

export function isKnown(place: Place): boolean {
  try {
    return zoneOf(place) !== "";
  } catch (error) {
    if (error instanceof ClocksError) return false;
    throw error;
  }
}

/** Neither Saturday, Sunday nor a public holiday there. Banks' and schools' days are working days. */
export function isWorkingDay(place: Place, day: Temporal.PlainDate): boolean {
  return !WEEKEND.includes(day.dayOfWeek) && !publicHolidays(place, day.year).has(day.toString());
}

export function nextWorkingDay(place: Place, from: Temporal.PlainDate): Temporal.PlainDate {
  let day = from;
  while (!isWorkingDay(place, day)) day = day.add({ days: 1 });
  return day;
}

function publicHolidays(place: Place, year: number): ReadonlySet<string> {
  const key = `${keyOf(place)} ${year}`;
  const known = calendars.get(key);
  if (known !== undefined) return known;
  const days = holidaysOf(place)
    .getHolidays(year)
    .filter(({ type }) => type === "public")
    .map(({ date }) => date.slice(0, 10));
  if (calendars.size >= CALENDARS_MAX) calendars.clear();
  const found = new Set(days);
  calendars.set(key, found);
  return found;
}

function holidaysOf(place: Place): Calendars {
  const Holidays = calendarsOf();
  const { country } = place;
  const state = stateOf(place);
  const calendar = new Holidays(country);
  if (calendar.getTimezones().length === 0) throw new ClocksError("unknown-place");
  if (state === null) return calendar;
  if (!Object.hasOwn(calendar.getStates(country) ?? {}, state)) throw new ClocksError("unknown-place");
  return new Holidays(country, state);
}

function stateOf({ country, state }: Place): string | null {
  return state ?? DEFAULT_STATES[country] ?? null;
}

function keyOf(place: Place): string {
  return `${place.country}-${stateOf(place) ?? ""}`;
}
