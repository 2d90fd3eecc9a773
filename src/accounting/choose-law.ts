// Which law a customer's list is made by: the first that fits one of their policies or claims, with what made it fit.
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import type { UnitHeader } from "../vault/vault.ts";
import type { AccountingRules, LawRules } from "./rules.ts";

export interface Because {
  readonly line: LineOfBusiness;
  readonly entity: string;
  readonly jurisdiction: string;
}

export interface Fitting {
  readonly rules: LawRules;
  /** Null where nothing the customer has falls under it. */
  readonly because: Because | null;
}

type Placed = Pick<UnitHeader, "line" | "entity" | "status">;

/** Every law in the order of the rules. */
export function fittingLaws(rules: AccountingRules, units: readonly Placed[]): Fitting[] {
  const places = units.map(({ line, entity }): Because => ({
    line,
    entity,
    jurisdiction: jurisdictionOf(rules, entity),
  }));
  return rules.laws.map((law) => ({ rules: law, because: places.find((place) => falls(law, place)) ?? null }));
}

function jurisdictionOf({ jurisdictions }: AccountingRules, entity: string): string {
  return jurisdictions.entities[entity] ?? jurisdictions.default;
}

/** A state is part of its country: US-NY falls under a law of US. */
function falls({ lines, jurisdictions }: LawRules, { line, jurisdiction }: Because): boolean {
  const isPlace = jurisdictions.some((place) => jurisdiction === place || jurisdiction.startsWith(`${place}-`));
  return isPlace && (lines === null || lines.includes(line));
}
