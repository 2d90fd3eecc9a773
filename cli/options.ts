// Option parsers that several commands share; each refusal is a usage error that does not repeat the value.
import { InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { purpose } from "../contract/vocabulary.ts";

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** From 0 on. */
export function wholeNumber(atMost: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number <= atMost)) throw new InvalidArgumentError(`must be a whole number up to ${atMost}`);
    return number;
  };
}

/** A day or an RFC 3339 time; a day means its first instant, UTC. */
export function instant(text: string): string {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  if (!z.iso.datetime({ offset: true }).safeParse(full).success) {
    throw new InvalidArgumentError("must be a day (2026-01-31) or a time (2026-01-31T09:00:00Z)");
  }
  return full;
}

export function purposeOption(): Option {
  return new Option("--purpose <purpose>", "why: one of the closed list of purposes").choices(purpose.options);
}

/** Checks text against a closed list of the contract, and says what is on it. */
export function oneOf<Word extends string>(
  list: z.ZodType<Word> & { readonly options: readonly Word[] },
): (text: string) => Word {
  return (text) => {
    const parsed = list.safeParse(text);
    if (!parsed.success) throw new InvalidArgumentError(`must be one of: ${list.options.join(", ")}`);
    return parsed.data;
  };
}

export function examples(...lines: readonly string[]): string {
  // An indented line goes on with the command before it.
  const shown = lines.map((line) => (line.startsWith(" ") ? `    ${line}` : `  $ ${line}`));
  return `\nExamples:\n${shown.join("\n")}\n`;
}
