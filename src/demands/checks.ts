// Which checks a demand needs by its kind and by what it reaches, and which of them still block.
import type { DataClass, LineOfBusiness } from "../kernel/vocabulary.ts";
import type { DemandContent, DemandPart } from "./demand-row.ts";
import { DemandError } from "./errors.ts";
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

type Reached = Pick<DemandContent, "kind" | "produced" | "lines" | "checks">;

/** As the rules read now: a check that was added since is open. */
export function checksOf(rules: DemandRules, { kind, produced, lines, checks }: Reached): CheckFace[] {
  const classes = classesOf(produced);
  return kindOf(rules, kind).checks.flatMap((id) => {
    const check = rules.checks.find((one) => one.id === id);
    if (check === undefined || !concerns(check, classes, lines)) return [];
    return [{ check, answer: checks.find((given) => given.id === id) ?? null }];
  });
}

function concerns(check: DemandCheck, classes: readonly DataClass[], lines: readonly LineOfBusiness[]): boolean {
  const byClass = check.classes === undefined || check.classes.some((one) => classes.includes(one));
  return byClass && (check.lines === undefined || check.lines.some((one) => lines.includes(one)));
}

export function openChecks(rules: DemandRules, reached: Reached): string[] {
  return checksOf(rules, reached)
    .filter(({ answer }) => answer === null || answer.answer === "failed")
    .map(({ check }) => check.id);
}
