// Asks the watch about what was decided, before it is recorded, and puts its answer in the place of the decision.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Flag } from "../kernel/vocabulary.ts";
import type { Part } from "./entry.ts";
import type { Judged } from "./judge.ts";
import type { Reason, Remedy } from "./policy/policy.ts";
import type { Terms } from "./question.ts";
import type { Situation } from "./situation.ts";

/** What is done about a look that is odd, the mildest first. */
export type WatchOutcome = "allow" | "ask-reason" | "step-up" | "second-person" | "hold";

/** One look at one customer, decided and not yet recorded. */
export interface Look {
  readonly customerId: Uuid;
  /** The claim or policy named as the work in hand. */
  readonly unitId: Uuid | null;
  /** What ties the asker to the customer: an assignment, the own book, masked oversight of all, an emergency access; or nothing. */
  readonly tie: "assigned" | "book" | "oversight" | "emergency" | "none";
  /** False where the asker may not know that there is such a customer: nothing that takes time may then depend on it. */
  readonly isInScope: boolean;
  /** Nothing is given. */
  readonly refused: boolean;
  readonly flags: ReadonlySet<Flag>;
  readonly hasReason: boolean;
  /** Two persons approved it. */
  readonly isApproved: boolean;
}

export interface Concern {
  readonly outcome: WatchOutcome;
  /** Plain words for the asker. */
  readonly told: string;
  /** For the sealed detail of the entry. */
  readonly detail: { readonly [key: string]: Json };
}

export interface Weighed {
  readonly concerns: ReadonlyMap<Uuid, Concern>;
  /** To be awaited once the entry stands and before anything is opened: nothing odd is shown without its alert. */
  recorded(entryId: Uuid): Promise<void>;
}

/** INVARIANT: answers at once, without waiting, for whoever it has met before and whose look is ordinary. */
export interface Watch {
  /** Null where nothing is odd. */
  weigh(asker: Authenticated, looks: readonly Look[]): Weighed | null | Promise<Weighed | null>;
  searchedByName(asker: Authenticated): void;
}

/** Where nobody watches. */
export const UNWATCHED: Watch = { weigh: () => null, searchedByName: () => {} };

const NO_FLAGS: ReadonlySet<Flag> = new Set();

export function lookOf(asker: Authenticated, terms: Pick<Terms, "basis" | "justification">, part: Part): Look {
  const { customerId, unitId, situation, judged } = part;
  return {
    customerId,
    unitId,
    tie: tieOf(asker, terms, situation),
    isInScope: situation !== null,
    refused: judged.every(({ decision }) => decision.form === "denied"),
    flags: situation?.flags ?? NO_FLAGS,
    hasReason: terms.justification !== null,
    isApproved: judged.some(({ input }) => input.twoPersonApproval),
  };
}

function tieOf(asker: Authenticated, { basis }: Pick<Terms, "basis">, situation: Situation | null): Look["tie"] {
  if (situation !== null) {
    if (situation.held.length > 0) return "assigned";
    for (const { book } of situation.units.values()) if (book !== null && asker.groups.includes(book)) return "book";
    if (basis !== "emergency" && asker.rowScope === "everything-masked") return "oversight";
  }
  return basis === "emergency" ? "emergency" : "none";
}

/** INVARIANT: only ever takes away. Parts about which nothing is odd, or only worth an alert, stay as they are. */
export function afterWatch(parts: readonly Part[], weighed: Weighed | null): readonly Part[] {
  if (weighed === null) return parts;
  return parts.map((part) => {
    const concern = weighed.concerns.get(part.customerId);
    if (concern === undefined || concern.outcome === "allow") return part;
    return { ...part, judged: part.judged.map((one) => stopped(one, concern)) };
  });
}

function stopped(one: Judged, concern: Concern): Judged {
  const { form } = one.decision;
  if (form === "denied") return one;
  return {
    ...one,
    decision: {
      ...one.decision,
      form: "denied",
      policies: [],
      reasons: [reasonOf(concern)],
      remedies: remediesOf(concern, form),
    },
  };
}

const SENTENCES: Readonly<Record<Exclude<WatchOutcome, "allow">, string>> = {
  "ask-reason": "This is asked about before it is shown: say why it is needed now, as justification.",
  "step-up": "This is asked about before it is shown: show a second factor again.",
  "second-person": "This is shown only once a second person has looked at why it is needed.",
  hold: "This is held until it has been reviewed.",
};

/** Safe to show. */
export function reasonOf({ outcome, told }: Concern): Reason {
  const sentence = outcome === "allow" ? "" : SENTENCES[outcome];
  return { code: `watch-${outcome}`, message: told === "" ? sentence : `${sentence} What is unusual: ${told}.` };
}

const REMEDIES = {
  "ask-reason": "justify",
  "step-up": "strong-sign-in",
  "second-person": "two-person-approval",
} as const;

function remediesOf({ outcome }: Concern, form: Remedy["form"]): Remedy[] {
  if (outcome === "allow" || outcome === "hold") return [];
  return [{ code: REMEDIES[outcome], message: SENTENCES[outcome], form, changes: {} }];
}

/** For the entry's detail; null where nothing was odd. */
export function watchDetail(weighed: Weighed | null): Json {
  if (weighed === null) return null;
  return [...weighed.concerns].map(([customer, { outcome, detail }]) => ({ customer, outcome, ...detail }));
}
