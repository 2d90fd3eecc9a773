// When a unit falls due: the longest of our own schedule, the period of each type of record in it, and every duty of law. Pure.
import type { UnitHeader } from "../vault/vault.ts";
import { dutiesOn, endOf, maximaOn, scheduleFor, zonesOf } from "./periods.ts";
import type { RetentionRules } from "./rules.ts";
import { type Moments, momentOf, type Trigger } from "./triggers.ts";

export type PeriodSource = "schedule" | "record" | "duty" | "maximum";

/** One period that a unit stands under, with what it rests on. */
export interface Period {
  readonly source: PeriodSource;
  /** The id of the line or duty, or the type of record. */
  readonly rule: string;
  readonly from: Trigger;
  readonly years: number;
  readonly citation: string | null;
  readonly confidence: "high" | "medium" | "low";
  readonly confirmed: "none" | "secondary" | "text";
  /** The last day of it, YYYY-MM-DD; null while what it counts from has not happened, or is not known. */
  readonly until: string | null;
  readonly isOver: boolean;
}

export interface UnitFacts extends Moments {
  readonly header: Pick<UnitHeader, "kind" | "line" | "entity" | "status">;
  readonly recordTypes: readonly string[];
  readonly jurisdiction: string;
}

const UNJUDGED = [
  "not-believed",
  "no-schedule",
  "unknown-record",
  "unknown-closing",
  "unknown-event",
  /** The law wants it destroyed, and it is in use, or another law wants it kept: somebody has to see to it. */
  "maximum-open",
  "maximum-against-duty",
] as const;
export type UnjudgedWhy = (typeof UNJUDGED)[number];

export type Verdict =
  | { readonly is: "open" }
  | { readonly is: "not-yet" | "due"; readonly longest: Period }
  /** Never due: what it counts from is not known, or not without opening what is sealed. */
  | { readonly is: "unjudged"; readonly why: UnjudgedWhy; readonly by: Period | null };

type Rules = Pick<RetentionRules, "duties" | "schedule" | "maxima" | "zones" | "records">;

/** Every period it stands under, whatever has happened. */
function periodsOf(rules: Rules, facts: UnitFacts, now: Date): readonly Period[] {
  const { header, recordTypes, jurisdiction } = facts;
  const line = scheduleFor(rules, { ...header, recordTypes }, jurisdiction);
  const zones = zonesOf(rules.zones, jurisdiction);
  const ended = (rule: Omit<Period, "until" | "isOver">, calendarYears: boolean): Period => {
    const moment = momentOf(rule.from, facts);
    if (moment === null) return { ...rule, until: null, isOver: false };
    return { ...rule, ...endOf(moment, { years: rule.years, calendarYears }, zones, now) };
  };
  const own =
    line === null
      ? []
      : [ended({ ...line, source: "schedule", rule: line.id, citation: line.ground }, line.calendarYears)];
  const byRecord = recordTypes.flatMap((type) => {
    const period = rules.records.get(type);
    return period === undefined ? [] : [ended({ ...period, source: "record", rule: type }, true)];
  });
  const byLaw = dutiesOn(rules, header, jurisdiction).map((duty) =>
    ended({ ...duty, source: "duty", rule: duty.id, from: "unit-closed" }, duty.calendarYears),
  );
  return [...own, ...byRecord, ...byLaw];
}

const DAY_MS = 86_400_000;

/** The earliest day by which the law wants it destroyed, once that is near; null where it is far off, or nothing says so. */
function maximumNear(rules: Rules, facts: UnitFacts, now: Date): Period | null {
  const { header, recordTypes, jurisdiction } = facts;
  const zones = zonesOf(rules.zones, jurisdiction);
  const near = maximaOn(rules, recordTypes, jurisdiction).flatMap((maximum): Period[] => {
    const { id: rule, from, years, citation, confidence, confirmed } = maximum;
    // While it is open what it serves goes on.
    const moment = from === "last-interaction" || header.status === "closed" ? momentOf(from, facts) : null;
    if (moment === null) return [];
    const calendarYears = false;
    const at = new Date(now.getTime() + maximum.aheadDays * DAY_MS);
    const { until, isOver } = endOf(moment, { years, calendarYears }, zones, at);
    return isOver ? [{ source: "maximum", rule, from, years, citation, confidence, confirmed, until, isOver }] : [];
  });
  return near.toSorted((one, other) => ((one.until ?? "") < (other.until ?? "") ? -1 : 1))[0] ?? null;
}

/**
 * INVARIANT: whatever is not known keeps: a unit is due only where every period it stands under is known to be over, or where a law wants it destroyed by a
 * day that is near and no law wants it kept.
 */
export function judgeUnit(rules: Rules, facts: UnitFacts, now: Date): Verdict {
  const { header, recordTypes, closedAt } = facts;
  const maximum = maximumNear(rules, facts, now);
  if (header.status === "open")
    return maximum === null ? { is: "open" } : { is: "unjudged", why: "maximum-open", by: maximum };
  if (closedAt === null) return { is: "unjudged", why: "unknown-closing", by: null };
  if (recordTypes.some((type) => !rules.records.has(type))) return { is: "unjudged", why: "unknown-record", by: null };
  const periods = periodsOf(rules, facts, now);
  if (maximum !== null) {
    const isKept = periods.some(({ source, isOver }) => source === "duty" && !isOver);
    return isKept ? { is: "unjudged", why: "maximum-against-duty", by: maximum } : { is: "due", longest: maximum };
  }
  if (!periods.some(({ source }) => source === "schedule")) return { is: "unjudged", why: "no-schedule", by: null };
  const unknown = periods.find(({ until }) => until === null);
  if (unknown !== undefined) return { is: "unjudged", why: "unknown-event", by: unknown };
  const longest = periods.reduce((one, other) => ((other.until ?? "") > (one.until ?? "") ? other : one));
  return { is: periods.every(({ isOver }) => isOver) ? "due" : "not-yet", longest };
}
