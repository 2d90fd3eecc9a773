// Deadlines of the law: the rules in force, which of them reach a request, and the day each ends, explained.
import { join } from "node:path";
import { type Asked, chooseLaw, type Choice } from "./applicable.ts";
import { type Clock, dayOf, deadlineAfter, type Deadline, type Events, runClock } from "./clock.ts";
import { isKnown, type Place, zoneOf } from "./place.ts";
import type { RefusalWords } from "./refusal-words.ts";
import { loadRulebook } from "./rulebook.ts";
import type { Period, RightsRule } from "./rule.ts";

export type { Asked, Choice, Judged, Verdict } from "./applicable.ts";
export type { Clock, Deadline, Events, Step } from "./clock.ts";
export type { Matter, Period, RightKind, RightsRule } from "./rule.ts";
export type { RefusalWords } from "./refusal-words.ts";
export type { Place } from "./place.ts";
export { VERDICTS } from "./applicable.ts";
export { daysLeft, STEP_CODES } from "./clock.ts";
export { nextReminder } from "./reminding.ts";
export { MATTERS, RIGHT_KINDS } from "./rule.ts";
export { ClocksError, type ClocksErrorCode } from "./errors.ts";

export interface Clocks {
  readonly rules: readonly RightsRule[];
  /** Undefined where the rule has gone since it was named. */
  rule(id: string): RightsRule | undefined;
  /** A ground of refusal as customers read it. */
  refusalWords(code: string): RefusalWords | undefined;
  /** Whether days can be counted there. */
  knows(place: Place): boolean;
  /** Whose days count there, as an IANA name. Throws ClocksError `unknown-place`. */
  zoneOf(place: Place): string;
  /** The day of a moment there, as 2026-02-28. Throws ClocksError `unknown-place`. */
  dayOf(at: Date, place: Place): string;
  /** Throws ClocksError `unknown-place`. */
  choose(asked: Asked, events: Events): Choice;
  /** Of a rule that was chosen before; the house's where it has gone. */
  run(ruleId: string, place: Place, events: Events): Clock;
  /** So long after a moment, as days are counted there. Throws ClocksError `unknown-place`. */
  after(at: Date, period: Period, place: Place): Deadline;
  /** For an appeal: the law's own time, or the house's. */
  appeal(ruleId: string, place: Place, at: Date): Deadline;
}

/** Reads `governanceFolder`/rules/rights-*.yaml. Throws ClocksError `bad-rules`, naming file and line. */
export function openClocks(governanceFolder: string): Clocks {
  const book = loadRulebook(join(governanceFolder, "rules"));
  const ruleOr = (id: string): RightsRule => book.find(id) ?? book.house;
  return {
    rules: book.all,
    rule: (id) => book.find(id),
    refusalWords: (code) => book.words(code),
    knows: isKnown,
    zoneOf,
    dayOf: (at, place) => dayOf(at, zoneOf(place)).toString(),
    choose: (asked, events) => chooseLaw(book, asked, events),
    run: (ruleId, place, events) => runClock({ rule: ruleOr(ruleId), house: book.house }, place, events),
    after: (at, period, place) => deadlineAfter(at, period, place, "receipt"),
    appeal: (ruleId, place, at) => {
      const { value = 30, unit = "days" } = book.house.response;
      return deadlineAfter(at, ruleOr(ruleId).appeal ?? { value, unit }, place, "receipt");
    },
  };
}
