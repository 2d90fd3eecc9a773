// How long a unit must be kept, and may be: dates by the rules, counted in UTC from the day on which the unit closed.
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import type { UnitHeader } from "../vault/vault.ts";
import type { Duty, RetentionRules } from "./rules.ts";

type Placed = Pick<UnitHeader, "kind" | "line">;

/** A state is part of its country: US-NY falls under a law of US. */
function isIn(jurisdiction: string, places: readonly string[] | null): boolean {
  return places === null || places.some((place) => jurisdiction === place || jurisdiction.startsWith(`${place}-`));
}

function isOf(line: LineOfBusiness, lines: readonly LineOfBusiness[] | null): boolean {
  return lines === null || lines.includes(line);
}

export function dutiesOn({ duties }: RetentionRules, unit: Placed, jurisdiction: string): readonly Duty[] {
  return duties.filter(
    (duty) => duty.units.includes(unit.kind) && isOf(unit.line, duty.lines) && isIn(jurisdiction, duty.jurisdictions),
  );
}

/** The last day of the period, YYYY-MM-DD. A leap day's anniversary is the last of February (as `constrain` has it). */
export function lastDay(closedAt: Date, { years, calendarYears }: Pick<Duty, "years" | "calendarYears">): string {
  const closed = Temporal.Instant.fromEpochMilliseconds(closedAt.getTime()).toZonedDateTimeISO("UTC").toPlainDate();
  const from = calendarYears ? closed.with({ month: 12, day: 31 }) : closed;
  return from.add({ years }, { overflow: "constrain" }).toString();
}

export function today(now: Date): string {
  return now.toISOString().slice(0, 10);
}
