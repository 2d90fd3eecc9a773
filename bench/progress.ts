// Says how far a run has come: a heading for each part, a line for each of its steps, with the seconds since the start.
import { styleText } from "node:util";

const started = performance.now();

export function beginPart(title: string, place: { readonly nth: number; readonly of: number }): void {
  console.log(`\n${clock()} ${styleText("bold", `[${place.nth}/${place.of}] ${title}`)}`);
}

export function step(text: string): void {
  console.log(`${clock()} ${styleText("dim", text)}`);
}

function clock(): string {
  return styleText("dim", `${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s`);
}
