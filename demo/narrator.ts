// Says what the demo does, in colour where the terminal has it.
import { styleText } from "node:util";
import type { DisclosureAnswer } from "../contract/disclosures.ts";

const started = Date.now();
const FORM_MARKS = { clear: "●", masked: "◐", token: "◆", denied: "○" } as const;
const FORM_COLOURS = { clear: "green", masked: "yellow", token: "cyan", denied: "red" } as const;
const FIELD_WIDTH = 34;
const VALUE_WIDTH = 46;

export function scene(title: string): void {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`\n${styleText("dim", `${seconds}s`)} ${styleText("bold", title)}`);
}

export function say(line: string): void {
  console.log(`       ${line}`);
}

export function note(line: string): void {
  say(styleText("dim", line));
}

/** Prints what was answered field by field, and the reasons of what was not given. */
export function showAnswer(answer: DisclosureAnswer, most = 26): void {
  for (const field of answer.fields.slice(0, most)) {
    const mark = styleText(FORM_COLOURS[field.form], `${FORM_MARKS[field.form]} ${field.form.padEnd(6)}`);
    const value = field.value ?? field.reasons[0]?.message ?? "";
    say(`${mark} ${field.field.padEnd(FIELD_WIDTH)} ${shorten(value, VALUE_WIDTH)}`);
  }
  const left = answer.fields.length - most;
  if (left > 0) note(`… and ${left} more`);
}

export function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** A bar on one line, for terminals; silent elsewhere. */
export function progress(label: string, done: number, total: number): void {
  if (!process.stdout.isTTY) return;
  const width = 30;
  const filled = total === 0 ? width : Math.round((done / total) * width);
  process.stdout.write(
    `\r       ${label.padEnd(12)} ${"█".repeat(filled)}${"░".repeat(width - filled)} ${Math.round((done / Math.max(1, total)) * 100)}%`,
  );
  if (done >= total) process.stdout.write("\r\u001b[K");
}
