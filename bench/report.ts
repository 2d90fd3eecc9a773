// What a bench says: figures side by side, the ratio, whether the goal of the budget table is met, and how cost grows.
import type { Measured } from "./measure.ts";

export interface Goal {
  /** Names the goal everywhere, in notes.ts too. */
  readonly what: string;
  /** Ratio of ours to the baseline, or an absolute figure where there is none. */
  readonly ratio: number;
  /** Of an absolute figure; a ratio has none. */
  readonly unit?: string;
  /** One of the two. Neither, or at least nothing: reported without a goal. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** What was measured side by side to get there. */
  readonly figures?: readonly Figure[];
  readonly growth?: readonly Growth[];
}

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** How a figure changes with a size; drawn as a chart. */
export interface Growth {
  /** Names the chart's file: kebab case, unique in a run. */
  readonly id: string;
  readonly title: string;
  /** What the size counts, in the plural: "customers". */
  readonly by: string;
  /** Of the values. */
  readonly unit: string;
  readonly series: readonly Series[];
}

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
}

export interface Point {
  readonly size: number;
  readonly value: number;
}

export type Verdict = "met" | "missed" | "reported";

/** How far the goal is reached: 1 and more is met. Null where there is no goal. */
export function shareOfGoal({ ratio, atLeast = 0, atMost }: Goal): number | null {
  if (atMost !== undefined) return atMost / ratio;
  return atLeast > 0 ? ratio / atLeast : null;
}

export function verdictOf(goal: Goal): Verdict {
  const share = shareOfGoal(goal);
  if (share === null) return "reported";
  return share >= 1 ? "met" : "missed";
}

export function goalText({ atLeast = 0, atMost, unit }: Goal): string {
  if (atMost !== undefined) return `at most ${withUnit(atMost, unit)}`;
  return atLeast > 0 ? `at least ${withUnit(atLeast, unit)}` : "no goal";
}

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const THREE_DIGITS = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** Three digits that matter, thousands grouped. */
export function number(value: number): string {
  return (Math.abs(value) >= 100 ? WHOLE : THREE_DIGITS).format(value);
}

export function withUnit(value: number, unit?: string): string {
  return unit === undefined ? number(value) : `${number(value)} ${unit}`;
}

export function figuresOf(measured: readonly Measured[], unit = "a second"): Figure[] {
  return measured.map(({ name, perSecond }) => ({ name, value: perSecond, unit }));
}

export function printFigures(title: string, figures: readonly Figure[]): void {
  console.log(`\n${title}`);
  for (const { name, value, unit } of figures)
    console.log(`  ${name.padEnd(70)} ${number(value).padStart(10)} ${unit}`);
}

export function printGoal(goal: Goal): void {
  const verdict = verdictOf(goal) === "missed" ? "MISSED" : verdictOf(goal);
  console.log(
    `  ${goal.what.padEnd(70)} ${withUnit(goal.ratio, goal.unit).padStart(10)}   ${goalText(goal)}: ${verdict}`,
  );
}

export function printGrowth({ title, by, unit, series }: Growth): void {
  console.log(`\n${title} (${unit})`);
  for (const { name, points } of series) {
    const shown = points.map(({ size, value }) => `${number(size)}: ${number(value)}`).join("   ");
    console.log(`  ${name.padEnd(46)} by ${by}   ${shown}`);
  }
}

export function rateOf(measured: readonly Measured[], name: string): number {
  return measured.find((one) => one.name === name)?.perSecond ?? 0;
}
