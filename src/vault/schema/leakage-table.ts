// The leakage plan as text for the privacy officer: per field, what a reader of the database without keys can learn.
import type { FieldLeakage, IndexLeakage, LeakagePlan } from "./leakage.ts";
import type { IndexType } from "./schema.ts";

const HEADER = ["field", "guessed", "index", "bits", "ways", "chance", "equal", "signal", "shows which records"];

/**
 * A line an index, grouped by field, then what is refused. `guessed`: records named right by giving all of them the field's commonest value.
 * `chance`: records that bear a value's tokens without holding it. `equal`: records that hold the commonest value. `signal`: how far its tokens
 * stand out from chance, in standard deviations.
 */
export function printLeakagePlan(plan: LeakagePlan): string {
  const byName = new Map(plan.indexes.map((leakage) => [leakage.index.name, leakage]));
  const rows = plan.fields.flatMap((field) => rowsOf(field, byName));
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
    "guessed: how many records are named right by giving all of them the commonest value. With signals up to 1 the tokens help",
    "to nothing better, whether they are counted, paired, or followed through families.",
    "",
    ...refusalLines(plan),
    "",
  ].join("\n");
}

function rowsOf(leakage: FieldLeakage, byName: ReadonlyMap<string, IndexLeakage>): string[][] {
  const indexes = [...leakage.unique, ...leakage.truncated];
  return indexes.map((index, at) => [
    ...(at === 0 ? [leakage.field.path, leakage.guessed === null ? "-" : rounded(leakage.guessed)] : ["", ""]),
    index.name,
    String(index.bits),
    String(index.ways),
    ...figuresOf(byName.get(index.name)),
    index.unique ? learnsUnique(index) : learnsTruncated(leakage),
  ]);
}

function figuresOf(leakage: IndexLeakage | undefined): string[] {
  if (leakage === undefined) return ["-", "-", "-"];
  const { index, coincidences, holdersMax, signal } = leakage;
  return index.unique
    ? ["-", rounded(holdersMax), "-"]
    : [rounded(coincidences), rounded(holdersMax), signal.toFixed(2)];
}

function learnsUnique(index: IndexType): string {
  return index.parts.length === 1 ? "hold the same value, but not which" : "agree in every part, but not in what";
}

function learnsTruncated(leakage: FieldLeakage): string {
  return leakage.signal > 1
    ? "AGREE IN PART, WHICH NAMES THE COMMONEST"
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
