// Asks the watch about what was decided, before it is recorded, and puts its answer in the place of the decision.
import type { Authenticated } from "../access/access.ts";
import type { Flag } from "../kernel/vocabulary.ts";
import type { Part } from "./entry.ts";
import type { Judged } from "./judge.ts";
import type { Reason, Remedy } from "./policy/policy.ts";
import type { Terms } from "./question.ts";
import type { Situation } from "./situation.ts";
import type { Concern, Look, WatchOutcome, Weighed } from "./watch.ts";

const NO_FLAGS: ReadonlySet<Flag> = new Set();

export function lookOf(asker: Authenticated, terms: Pick<Terms, "basis" | "justification">, part: Part): Look {
  const { customerId, unitId, situation, judged } = part;
  return {
    customerId,
    unitId,
    tie: tieOf(asker, terms, situation),
    isInScope: situation !== null,
    isClear: judged.some(({ decision }) => decision.form === "clear"),
    refused: judged.every(({ decision }) => decision.form === "denied"),
    flags: situation?.flags ?? NO_FLAGS,
    hasReason: terms.justification !== null,
    isFresh: judged.some(({ input }) => input.freshSignIn),
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
  "step-up": "step-up",
  "second-person": "two-person-approval",
} as const;

function remediesOf({ outcome }: Concern, form: Remedy["form"]): Remedy[] {
  if (outcome === "allow" || outcome === "hold") return [];
  return [{ code: REMEDIES[outcome], message: SENTENCES[outcome], form, changes: {} }];
}
