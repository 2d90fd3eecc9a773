// One clock: from what has happened to the day an answer is due, step by step, each step with its numbers.
import { HOUSE_RULE, type Period, periodOf, type RightsRule } from "./rule.ts";
import { isWorkingDay, nextWorkingDay, type Place, zoneOf } from "./place.ts";

type Day = Temporal.PlainDate;

export const STEP_CODES = [
  /** The day it came, in the place of whoever asks; it is not counted. */
  "received",
  /** The law counts from when identity was shown, where it had to be asked for. */
  "identity-shown",
  "identity-awaited",
  /** The year in which it was discovered ends. */
  "year-ends",
  "adds",
  /** The month has no such day, so that its last one counts. */
  "last-day-of-month",
  "extended",
  "paused",
  "still-paused",
  /** The law lets no waiting stop its clock. */
  "waiting-counts",
  "rolled",
  "weekend-stands",
  /** No statute sets a date: the house does. */
  "house-sets",
] as const;
export type StepCode = (typeof STEP_CODES)[number];

export interface Step {
  readonly code: StepCode;
  /** The day reached by this step, as 2026-02-28. */
  readonly on: string;
  readonly amount: Period | null;
  /** Public holidays that business days left out. */
  readonly holidays: readonly string[];
}

export interface Deadline {
  /** The last day, as 2026-02-28. */
  readonly on: string;
  /** The moment after its last one: what is done before it is in time. */
  readonly before: Date;
}

export interface Clock {
  readonly ruleId: string;
  readonly zone: string;
  readonly due: Deadline;
  readonly steps: readonly Step[];
  readonly acknowledge: Deadline | null;
  /** What an extension would make of it, and until when the customer has to be told; null where there is none, or none is left. */
  readonly extension: { readonly due: Deadline; readonly tellBefore: Date } | null;
  readonly isStopped: boolean;
  /** Whether a statute or the house sets the date. */
  readonly setBy: "law" | "house";
}

export interface Events {
  readonly receivedAt: Date;
  /** When what had to be asked for to know the person came; null while it is awaited, absent where nothing had to be asked for. */
  readonly identityAt?: Date | null;
  readonly pauses: readonly { readonly from: Date; readonly to: Date | null }[];
  readonly isExtended: boolean;
  /** Counts only while the clock stands still. */
  readonly now: Date;
}

export interface Rules {
  readonly rule: RightsRule;
  /** Sets the date where the rule sets none. */
  readonly house: RightsRule;
}

/** Throws ClocksError `unknown-place`, RangeError for dates no calendar has. */
export function runClock({ rule, house }: Rules, place: Place, events: Events): Clock {
  const zone = zoneOf(place);
  const steps: Step[] = [];
  const counting = { rule, place, zone, events };
  const start = startDay(counting, steps);
  const own = periodOf(rule);
  const period = own ?? periodOf(house);
  if (period === null) throw new RangeError("no rule sets a date");
  if (own === null) steps.push(stepTo("house-sets", start, { amount: period }));
  const first = endOf(counting, { start, period, steps: events.isExtended ? [] : steps });
  const more = rule.extension ?? (own === null ? house.extension : undefined);
  const longer = more?.value === undefined ? null : { value: more.value, unit: more.unit ?? period.unit };
  const extended =
    longer === null ? null : endOf(counting, { start, period, longer, steps: events.isExtended ? steps : [] });
  const isLonger = events.isExtended && extended !== null;
  return {
    ruleId: rule.id,
    zone,
    due: deadline(isLonger ? extended : first, zone),
    steps,
    acknowledge: acknowledgeBy(counting, start),
    extension:
      extended === null || isLonger
        ? null
        : { due: deadline(extended, zone), tellBefore: deadline(first, zone).before },
    isStopped: rule.pauses !== "never" && events.pauses.some(({ to }) => to === null),
    setBy: own === null || rule.id === HOUSE_RULE ? "house" : "law",
  };
}

/** Whole days until the due day; 0 on it, negative after it. */
export function daysLeft({ due, zone }: Pick<Clock, "due" | "zone">, now: Date): number {
  return dayOf(now, zone).until(Temporal.PlainDate.from(due.on), { largestUnit: "days" }).days;
}

/** A period from one event, for duties that no request carries: an appeal, a notice of an incident. Hours run through weekends. */
export function deadlineAfter(
  at: Date,
  period: Period,
  place: Place,
  from: "receipt" | "discovery-year-end",
): Deadline {
  const zone = zoneOf(place);
  if (period.unit === "hours") {
    const before = new Date(at.getTime() + period.value * 3_600_000);
    return { on: dayOf(before, zone).toString(), before };
  }
  const day = dayOf(at, zone);
  const start = from === "receipt" ? day : Temporal.PlainDate.from({ year: day.year, month: 12, day: 31 });
  return deadline(add(start, period, place).day, zone);
}

interface Counting {
  readonly rule: RightsRule;
  readonly place: Place;
  readonly zone: string;
  readonly events: Events;
}

function startDay({ rule, zone, events }: Counting, steps: Step[]): Day {
  const received = dayOf(events.receivedAt, zone);
  steps.push(stepTo("received", received));
  if (rule.response.from === "discovery-year-end") {
    const end = Temporal.PlainDate.from({ year: received.year, month: 12, day: 31 });
    steps.push(stepTo("year-ends", end));
    return end;
  }
  if (rule.response.from !== "identity" || events.identityAt === undefined) return received;
  // While it is awaited the date from receipt is shown: nobody is late by it.
  if (events.identityAt === null) {
    steps.push(stepTo("identity-awaited", received));
    return received;
  }
  const shown = dayOf(events.identityAt, zone);
  const later = Temporal.PlainDate.compare(shown, received) > 0 ? shown : received;
  steps.push(stepTo("identity-shown", later));
  return later;
}

interface Ending {
  readonly start: Day;
  readonly period: Period;
  readonly longer?: Period;
  readonly steps: Step[];
}

/** An extension lengthens the period itself where the units agree: one month and two are three from the start, not two after the end. */
function endOf(counting: Counting, { start, period, longer, steps }: Ending): Day {
  const { place } = counting;
  const isOne = longer?.unit === period.unit && period.unit !== "business-days";
  const whole = isOne ? { ...period, value: period.value + longer.value } : period;
  let end = counted(start, whole, { place, steps, code: "adds" });
  if (isOne) steps.push(stepTo("extended", end, { amount: longer }));
  else if (longer !== undefined) end = counted(end, longer, { place, steps, code: "extended" });
  end = afterPauses(counting, end, steps);
  return rolled(counting, end, steps);
}

function counted(
  start: Day,
  period: Period,
  { place, steps, code }: { readonly place: Place; readonly steps: Step[]; readonly code: StepCode },
): Day {
  const { day, holidays } = add(start, period, place);
  steps.push(stepTo(code, day, { amount: period, holidays }));
  if (period.unit === "months" && day.day !== start.day) steps.push(stepTo("last-day-of-month", day));
  return day;
}

function add(
  start: Day,
  { value, unit }: Period,
  place: Place,
): { readonly day: Day; readonly holidays: readonly string[] } {
  if (unit === "months") return { day: start.add({ months: value }, { overflow: "constrain" }), holidays: [] };
  if (unit === "days") return { day: start.add({ days: value }), holidays: [] };
  // Hours of a right, which no rule has: whole days of them, and a day more for what is left.
  if (unit === "hours") return { day: start.add({ days: Math.ceil(value / 24) }), holidays: [] };
  const holidays: string[] = [];
  let day = start;
  for (let left = value; left > 0;) {
    day = day.add({ days: 1 });
    if (isWorkingDay(place, day)) left -= 1;
    else if (day.dayOfWeek < 6) holidays.push(day.toString());
  }
  return { day, holidays };
}

function afterPauses({ rule, zone, events }: Counting, end: Day, steps: Step[]): Day {
  let day = end;
  for (const { from, to } of events.pauses) {
    if (rule.pauses === "never") {
      if (to === null) steps.push(stepTo("waiting-counts", day));
      continue;
    }
    const days = dayOf(from, zone).until(dayOf(to ?? events.now, zone), { largestUnit: "days" }).days;
    day = day.add({ days: Math.max(days, 0) });
    const amount: Period = { value: Math.max(days, 0), unit: "days" };
    steps.push(stepTo(to === null ? "still-paused" : "paused", day, { amount }));
  }
  return day;
}

function rolled({ rule, place }: Counting, end: Day, steps: Step[]): Day {
  if (isWorkingDay(place, end)) return end;
  const next = rule.weekend === "next-working-day" ? nextWorkingDay(place, end) : end;
  steps.push(stepTo(rule.weekend === "next-working-day" ? "rolled" : "weekend-stands", next));
  return next;
}

function acknowledgeBy({ rule, place, zone }: Counting, start: Day): Deadline | null {
  const { acknowledgement } = rule;
  return acknowledgement === undefined ? null : deadline(add(start, acknowledgement, place).day, zone);
}

export function dayOf(at: Date, zone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
}

/** A day ends where the next begins, however long it is: 23 hours when clocks go forward. */
function deadline(day: Day, zone: string): Deadline {
  const next = day.add({ days: 1 }).toZonedDateTime(zone);
  return { on: day.toString(), before: new Date(next.epochMilliseconds) };
}

function stepTo(code: StepCode, on: Day, more: Partial<Pick<Step, "amount" | "holidays">> = {}): Step {
  return { code, on: on.toString(), amount: more.amount ?? null, holidays: more.holidays ?? [] };
}
