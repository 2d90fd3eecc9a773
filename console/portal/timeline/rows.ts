// A list of looks as rows: the day, and below it what happened on it. Pure.
import type { AnswerOf } from "../../shared/ask.ts";

export type Accounting = AnswerOf<"getPortalAccounting">;
export type Line = Accounting["items"][number];
export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "line"; readonly key: string; readonly line: Line };

/** `dayOf` names the day of a time where the reader is. Lines keep their order: the newest first. */
export function rowsOf(lines: readonly Line[], dayOf: (at: string) => string): Row[] {
  return lines.flatMap((line, place): Row[] => {
    const before = lines[place - 1];
    const day = dayOf(line.at);
    const row: Row = { kind: "line", key: line.entryId, line };
    return before !== undefined && dayOf(before.at) === day ? [row] : [{ kind: "day", key: day, at: line.at }, row];
  });
}
