// When a unit falls due: the longest of our own schedule, the period of each type of record in it, and every duty of law. Pure.
import type { UnitHeader } from "../vault/vault.ts";
import { dutiesOn, endOf, scheduleFor, zonesOf } from "./periods.ts";
import type { RetentionRules } from "./rules.ts";
import { type Moments, momentOf, type Trigger } from "./triggers.ts";

export type PeriodSource = "schedule" | "record" | "duty";

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

const UNJUDGED = ["not-believed", "no-schedule", "unknown-record", "unknown-closing", "unknown-event"] as const;
export type UnjudgedWhy = (typeof UNJUDGED)[number];

export type Verdict =
  | { readonly is: "open" }
  | { readonly is: "not-yet" | "due"; readonly longest: Period }
  /** Never due: what it counts from is not known, or not without opening what is sealed. */
  | { readonly is: "unjudged"; readonly why: UnjudgedWhy; readonly by: Period | null };

type Rules = Pick<RetentionRules, "duties" | "schedule" | "zones" | "records">;

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

/** INVARIANT: whatever is not known keeps: a unit is due only where every period it stands under is known to be over. */
export function judgeUnit(rules: Rules, facts: UnitFacts, now: Date): Verdict {
  const { header, recordTypes, closedAt } = facts;
  if (header.status === "open") return { is: "open" };
  if (closedAt === null) return { is: "unjudged", why: "unknown-closing", by: null };
  if (recordTypes.some((type) => !rules.records.has(type))) return { is: "unjudged", why: "unknown-record", by: null };
  const periods = periodsOf(rules, facts, now);
  if (!periods.some(({ source }) => source === "schedule")) return { is: "unjudged", why: "no-schedule", by: null };
  const unknown = periods.find(({ until }) => until === null);
  if (unknown !== undefined) return { is: "unjudged", why: "unknown-event", by: unknown };
  const longest = periods.reduce((one, other) => ((other.until ?? "") > (one.until ?? "") ? other : one));
  return { is: periods.every(({ isOver }) => isOver) ? "due" : "not-yet", longest };
}
