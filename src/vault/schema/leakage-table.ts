// The leakage plan as text for the privacy officer: per field, what a reader of the database without keys can learn.
import type { FieldLeakage, LeakagePlan } from "./leakage.ts";
import type { IndexType } from "./schema.ts";

const HEADER = ["field", "joint", "budget", "coincide", "index", "bits", "shows which records"];

/**
 * A line an index, grouped by field, then what is refused. `joint` is what the field's truncated tokens add up to, in bits, `coincide` how many
 * records are expected to share all of them.
 */
export function printLeakagePlan(plan: LeakagePlan): string {
  const rows = plan.fields.flatMap(rowsOf);
  const widths = HEADER.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [
    `Blind indexes at ${plan.customers.toLocaleString("en-US")} customers: what a reader of the database without keys learns`,
    "",
    line(HEADER),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map(line),
    "",
    ...refusalLines(plan),
    "",
  ].join("\n");
}

function rowsOf(leakage: FieldLeakage): string[][] {
  const isTruncated = leakage.truncated.length > 0;
  const summary = isTruncated
    ? [leakage.jointBits.toFixed(0), leakage.budgetBits.toFixed(1), rounded(leakage.coincidences)]
    : ["-", "-", "-"];
  const indexes = [...leakage.unique, ...leakage.truncated];
  return indexes.map((index, at) => [
    ...(at === 0 ? [leakage.field.path, ...summary] : ["", "", "", ""]),
    index.name,
    String(index.bits),
    index.unique ? learnsUnique(index) : learnsTruncated(leakage),
  ]);
}

function learnsUnique(index: IndexType): string {
  return index.parts.length === 1 ? "hold the same value, but not which" : "agree in every part, but not in what";
}

function learnsTruncated(leakage: FieldLeakage): string {
  return leakage.coincidences < 2
    ? "AGREE IN PART, WHICH SINGLES PEOPLE OUT"
    : "may agree in part, among others that only seem to";
}

function rounded(count: number): string {
  return count >= 10 ? Math.round(count).toLocaleString("en-US") : count.toFixed(1);
}

function refusalLines(plan: LeakagePlan): string[] {
  if (plan.refusals.length === 0) return ["Nothing is refused at this size."];
  return [
    "REFUSED at this size:",
    ...plan.refusals.map((refusal) => `  ${refusal.index ?? refusal.field}: ${refusal.message}`),
  ];
}
