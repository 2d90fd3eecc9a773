// What a bench says: figures side by side, the ratio, and whether the goal of ARCHITECTURE.md is met.
import type { Measured } from "./measure.ts";

export interface Goal {
  readonly what: string;
  /** Ratio of ours to the baseline, or an absolute figure where there is none. */
  readonly ratio: number;
  readonly atLeast: number;
}

export function printMeasured(title: string, measured: readonly Measured[]): void {
  console.log(`\n${title}`);
  for (const { name, perSecond } of measured)
    console.log(`  ${name.padEnd(64)} ${Math.round(perSecond).toLocaleString("en").padStart(10)} /s`);
}

export function printGoal({ what, ratio, atLeast }: Goal): void {
  const mark = ratio >= atLeast ? "met" : "MISSED";
  const shown = ratio >= 100 ? Math.round(ratio).toLocaleString("en") : ratio.toFixed(2);
  console.log(`  ${what.padEnd(64)} ${shown.padStart(10)}   goal ${atLeast.toLocaleString("en")}: ${mark}`);
}

export function rateOf(measured: readonly Measured[], name: string): number {
  return measured.find((one) => one.name === name)?.perSecond ?? 0;
}
