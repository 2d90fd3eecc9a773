// Which checks a demand needs by its kind, by what it reaches and by where it comes from, and which of them still block.
import type { DataClass, LineOfBusiness } from "../kernel/vocabulary.ts";
import type { DemandContent, DemandPart } from "./demand-row.ts";
import type { DemandsContext } from "./context.ts";
import { DemandError } from "./errors.ts";
import { concernsPlace } from "./places.ts";
import type { DemandCheck, DemandKind, DemandRules } from "./rules.ts";

export interface CheckFace {
  readonly check: DemandCheck;
  readonly answer: DemandContent["checks"][number] | null;
}

export function kindOf({ kinds }: DemandRules, name: string): DemandKind {
  const found = kinds.find(({ kind }) => kind === name);
  if (found === undefined) throw new DemandError("unknown-kind");
  return found;
}

export function classesOf(parts: readonly DemandPart[]): DataClass[] {
  return [...new Set(parts.flatMap(({ classes }) => classes))];
}

type Reached = Pick<DemandContent, "kind" | "jurisdiction" | "produced" | "lines" | "entities" | "checks">;
type Rules = Pick<DemandsContext, "rules" | "jurisdictionOf">;

/** As the rules read now: a check that was added since is open. */
export function checksOf({ rules, jurisdictionOf }: Rules, reached: Reached): CheckFace[] {
  const { kind, jurisdiction: issuer, produced, lines, entities, checks } = reached;
  const classes = classesOf(produced);
  // Of one that was taken in before its entities were written down, the usual place.
  const held = (entities.length === 0 ? [""] : entities).map(jurisdictionOf);
  return kindOf(rules, kind).checks.flatMap((id) => {
    const check = rules.checks.find((one) => one.id === id);
    if (check === undefined || !concerns(check, classes, lines) || !concernsPlace(check, { issuer, held })) return [];
    return [{ check, answer: checks.find((given) => given.id === id) ?? null }];
  });
}

function concerns(check: DemandCheck, classes: readonly DataClass[], lines: readonly LineOfBusiness[]): boolean {
  const byClass = check.classes === undefined || check.classes.some((one) => classes.includes(one));
  return byClass && (check.lines === undefined || check.lines.some((one) => lines.includes(one)));
}

export function openChecks(rules: Rules, reached: Reached): string[] {
  return checksOf(rules, reached)
    .filter(({ answer }) => answer === null || answer.answer === "failed")
    .map(({ check }) => check.id);
}
