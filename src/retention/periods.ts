// How long a unit must be kept, and may be: dates by the rules, counted in the zones of the place whose law it is.
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import type { UnitHeader } from "../vault/vault.ts";
import type { Duty, Maximum, RetentionRules, ScheduleLine, Zones } from "./rules.ts";

type Placed = Pick<UnitHeader, "kind" | "line">;

/** A state is part of its country: US-NY falls under a law of US. */
function isIn(jurisdiction: string, places: readonly string[] | null): boolean {
  return places === null || places.some((place) => jurisdiction === place || jurisdiction.startsWith(`${place}-`));
}

function isOf(line: LineOfBusiness, lines: readonly LineOfBusiness[] | null): boolean {
  return lines === null || lines.includes(line);
}

export function dutiesOn(
  { duties }: Pick<RetentionRules, "duties">,
  unit: Placed,
  jurisdiction: string,
): readonly Duty[] {
  return duties.filter(
    (duty) => duty.units.includes(unit.kind) && isOf(unit.line, duty.lines) && isIn(jurisdiction, duty.jurisdictions),
  );
}

/** Those that a unit with such records stands under. */
export function maximaOn(
  { maxima }: Pick<RetentionRules, "maxima">,
  recordTypes: readonly string[],
  jurisdiction: string,
): readonly Maximum[] {
  return maxima.filter(
    ({ records, jurisdictions }) =>
      isIn(jurisdiction, jurisdictions) && records.some((type) => recordTypes.includes(type)),
  );
}

/** The first line that fits decides; null where none does. */
export function scheduleFor(
  { schedule }: Pick<RetentionRules, "schedule">,
  unit: Placed & { readonly recordTypes: readonly string[] },
  jurisdiction: string,
): ScheduleLine | null {
  const fits = ({ units, lines, jurisdictions, records }: ScheduleLine): boolean =>
    units.includes(unit.kind) &&
    isOf(unit.line, lines) &&
    isIn(jurisdiction, jurisdictions) &&
    (records === null || records.some((type) => unit.recordTypes.includes(type)));
  return schedule.find(fits) ?? null;
}

/** The state's own where it is named, else its country's. Several where a country has several: what is over is over in all of them. */
export function zonesOf({ defaultZones, zones }: Zones, jurisdiction: string): readonly string[] {
  const found = zones
    .flatMap((row) => row.jurisdictions.map((place) => ({ place, zones: row.zones })))
    .filter(({ place }) => isIn(jurisdiction, [place]))
    .toSorted((one, other) => other.place.length - one.place.length)[0];
  return found?.zones ?? defaultZones;
}

export interface Ended {
  /** The last day of the period, YYYY-MM-DD: the latest by any of the zones. */
  readonly until: string;
  /** Whether that day is over in every one of them. */
  readonly isOver: boolean;
}

/** A leap day's anniversary is the last of February (as `constrain` has it). Calendar years count from the end of the year it began in. */
export function endOf(
  from: Date,
  { years, calendarYears }: Pick<Duty, "years" | "calendarYears">,
  zones: readonly string[],
  now: Date,
): Ended {
  const ends = zones.map((zone) => {
    const first = dayIn(from, zone);
    const start = calendarYears ? first.with({ month: 12, day: 31 }) : first;
    const last = start.add({ years }, { overflow: "constrain" });
    return { until: last.toString(), isOver: Temporal.PlainDate.compare(last, dayIn(now, zone)) < 0 };
  });
  const until = ends.map((end) => end.until).reduce((one, other) => (one > other ? one : other), "");
  return { until, isOver: ends.every(({ isOver }) => isOver) };
}

function dayIn(at: Date, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
}
