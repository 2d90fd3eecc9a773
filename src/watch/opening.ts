// What the watch is told of one look at one customer, and what it answers.
import type { Uuid } from "../kernel/bytes.ts";
import type { Flag, Role } from "../kernel/vocabulary.ts";
import type { RelationCode, RuleCode, WatchOutcome } from "./rules.ts";

/**
 * What ties the asker to the customer: an assignment to that work, the own book, the masked oversight of a role that sees all rows so; an emergency access; or
 * nothing.
 */
export type Tie = "assigned" | "book" | "oversight" | "emergency" | "none";

export interface Asker {
  readonly principalId: Uuid;
  readonly role: Role;
  /** A system is held to ceilings of its own; habits, hours and relatives are people's. */
  readonly isMachine: boolean;
}

export interface Opening {
  readonly atMs: number;
  readonly customerId: Uuid;
  /** The claim or policy named as the work in hand. */
  readonly workUnitId: Uuid | null;
  readonly tie: Tie;
  /** The policies refused it, or there is no such customer: looking is odd all the same. */
  readonly refused: boolean;
  /** Something was given in clear. */
  readonly isClear: boolean;
  readonly flags: ReadonlySet<Flag>;
  /** By the staff profile; flags are told apart. */
  readonly relations: ReadonlySet<RelationCode>;
}

/** One rule that applies. */
export interface Signal {
  readonly code: RuleCode;
  readonly points: number;
  /** Plain words: never a value. */
  readonly says: string;
  /** Counts and times behind it, for reviewers: whoever is weighed is not told how close they may go. Empty where there are none. */
  readonly detail: string;
}

export interface Verdict {
  readonly outcome: WatchOutcome;
  readonly points: number;
  /** The heaviest first. */
  readonly signals: readonly Signal[];
  readonly isAlert: boolean;
}

/** Nothing odd. */
export const ORDINARY: Verdict = Object.freeze({ outcome: "allow", points: 0, signals: [], isAlert: false });

/** "same surname and address; no claim or policy assigned; opened by name search, 56 seconds after it". Empty when nothing is odd. */
export function explanationOf({ signals }: Pick<Verdict, "signals">): string {
  return signals.map(({ says, detail }) => `${says}${detail}`).join("; ");
}

/** What a flag says is not told: not everybody may know that the customer has one. */
const NOT_TOLD: ReadonlySet<RuleCode> = new Set(["colleague", "known-person", "deceased"]);

/** The same for the asker, without figures. */
export function toldOf({ signals }: Pick<Verdict, "signals">): string {
  return signals.flatMap(({ code, says }) => (NOT_TOLD.has(code) ? [] : [says])).join("; ");
}

/** Signs that say how somebody was looked at and not why; an alert is named after them only where there is nothing else. */
const CIRCUMSTANCES: ReadonlySet<RuleCode> = new Set(["no-assignment", "emergency", "after-name-search", "deceased"]);

/** Rules that say the same of a person, of which one is reached after the other. */
const FAMILIES: Readonly<Partial<Record<RuleCode, Theme>>> = {
  "unassigned-week": "unassigned",
  "unassigned-month": "unassigned",
  "searched-without-work": "unassigned",
  speed: "volume",
  "over-hour-ceiling": "volume",
  "far-over-hour-ceiling": "volume",
  "over-day-ceiling": "volume",
  "over-own-habit": "volume",
  "over-peers": "volume",
  "machine-over-ceiling": "volume",
  enumeration: "guessing",
  "mass-enumeration": "guessing",
  "machine-enumeration": "guessing",
};

export type Theme = RuleCode | "unassigned" | "volume" | "guessing" | "canary";

/** What an alert is about: the heaviest rule that applies, or what it belongs to. */
export function themeOf({ signals }: Pick<Verdict, "signals">): Theme {
  const telling = (signals.find(({ code }) => !CIRCUMSTANCES.has(code)) ?? signals[0])?.code ?? "no-assignment";
  return FAMILIES[telling] ?? telling;
}
