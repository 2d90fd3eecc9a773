// Which laws reach a request, which do not and why, and which of them governs its clock.
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import { type Clock, type Events, runClock } from "./clock.ts";
import { EEA, type Place } from "./place.ts";
import type { Rulebook } from "./rulebook.ts";
import { type Matter, periodOf, type RightKind, type RightsRule } from "./rule.ts";

export interface Asked {
  readonly kind: RightKind;
  readonly about: Matter;
  readonly place: Place;
  /** Of whatever is held of the customer. */
  readonly lines: readonly LineOfBusiness[];
}

export const VERDICTS = [
  "applies",
  /** Insurers are outside it altogether. */
  "insurer-exempt",
  /** It leaves out what insurance law covers, and this is that. */
  "data-exempt",
  /** It is about a line of business in which nothing is held of the customer. */
  "other-line",
  "other-matter",
] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Judged {
  readonly rule: RightsRule;
  readonly verdict: Verdict;
}

export interface Choice {
  /** Every law of that place that knows the right, whether it reaches this request or not. */
  readonly judged: readonly Judged[];
  /** Whose clock counts: of the laws that apply the one with the earliest date, a state's before its country's; the house's own where none does. */
  readonly governing: RightsRule;
  readonly clock: Clock;
}

/** Throws ClocksError `unknown-place`. */
export function chooseLaw(book: Rulebook, asked: Asked, events: Events): Choice {
  const judged = book.all
    .filter((rule) => rule.id !== book.house.id && rule.kinds.includes(asked.kind) && reaches(rule, asked.place))
    .map((rule) => ({ rule, verdict: verdictOn(rule, asked) }));
  const applying = judged.filter(({ verdict }) => verdict === "applies").map(({ rule }) => rule);
  const clocks = (applying.length === 0 ? [book.house] : applying).map((rule) => ({
    governing: rule,
    clock: runClock({ rule, house: book.house }, asked.place, events),
  }));
  // A statute's date comes before the house's, even a later one: the house fills in only where no law that applies sets a date.
  // Of the same day the law of the state or province counts: it is in place of the country's there (Quebec: PIPEDA s. 26(2)(b), SOR/2003-374).
  const [first] = clocks.toSorted(
    (left, right) =>
      Number(periodOf(left.governing) === null) - Number(periodOf(right.governing) === null) ||
      left.clock.due.before.getTime() - right.clock.due.before.getTime() ||
      Number(left.governing.reach.states === undefined) - Number(right.governing.reach.states === undefined),
  );
  return { judged, ...first! };
}

function reaches({ reach }: RightsRule, { country, state }: Place): boolean {
  const { countries, states } = reach;
  if (countries !== undefined && !countries.some((each) => each === country || (each === "EEA" && EEA.has(country))))
    return false;
  return states === undefined || (state !== null && states.includes(state));
}

function verdictOn({ reach, exemption }: RightsRule, { about, lines }: Asked): Verdict {
  if (reach.about !== undefined && !reach.about.includes(about)) return "other-matter";
  if (reach.lines !== undefined && !reach.lines.some((line) => lines.includes(line))) return "other-line";
  if (exemption?.insurers === "entity") return "insurer-exempt";
  if (exemption?.insurers === "data" && about !== "website-or-marketing") return "data-exempt";
  return "applies";
}
