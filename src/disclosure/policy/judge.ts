// The decision itself: the best form that is permitted and not above what was asked for, and what stood in the way of more.
import type { Form } from "../../kernel/vocabulary.ts";
import type { ReleasedForm } from "./engine.ts";
import { blindInput, type DecisionInput } from "./input.ts";
import type { PolicySet } from "./policy-set.ts";
import type { Family, PolicyRule } from "./rule.ts";

/** Best first. */
export const FORMS_BEST_FIRST: readonly ReleasedForm[] = ["clear", "masked", "token"];

export interface Question {
  readonly input: DecisionInput;
  /** The most that is wanted. */
  readonly wanted: ReleasedForm;
  /** True when a lesser form is no answer: then a denial names the masked form as a remedy. */
  readonly exactly: boolean;
}

export interface Judgement {
  readonly form: Form;
  /** The permits that gave this form. */
  readonly permits: readonly PolicyRule[];
  /** What stood in the way of the wanted form; null when that is what was given. */
  readonly stop: Stop | null;
  /** What was judged: the input asked about, or its blind form when the asker is outside their rows. */
  readonly judged: DecisionInput;
  /** The question could not be judged at all. */
  readonly failed: boolean;
}

export interface Stop {
  readonly forbids: readonly PolicyRule[];
  /** Set when no rule forbade, but none permitted either. */
  readonly unpermitted: Family | null;
}

export function judge(set: PolicySet, question: Question): Judgement {
  const judgement = judgeAsGiven(set, question);
  // INVARIANT: outside their rows, an asker is decided on nothing that depends on the customer (architecture, Decide).
  return isBlind(judgement) ? judgeAsGiven(set, { ...question, input: blindInput(question.input) }) : judgement;
}

/** As `judge`, for an input that is known to be the asker's to know of, or blind already. */
export function judgeAsGiven(set: PolicySet, { input, wanted, exactly }: Question): Judgement {
  const forms = exactly ? [wanted] : FORMS_BEST_FIRST.slice(FORMS_BEST_FIRST.indexOf(wanted));
  let stop: Stop | null = null;
  for (const form of forms) {
    const outcome = askBoth(set, input, form);
    if (outcome === "failed") return { form: "denied", permits: [], stop: null, judged: input, failed: true };
    if ("permits" in outcome) return { form, permits: outcome.permits, stop, judged: input, failed: false };
    stop ??= outcome;
    // A blind rule forbids every form (loading checks it), so the lesser ones need not be asked about.
    if (stop.forbids.some((rule) => rule.blind)) break;
  }
  return { form: "denied", permits: [], stop, judged: input, failed: false };
}

function isBlind({ stop }: Judgement): boolean {
  return stop !== null && stop.forbids.some((rule) => rule.blind);
}

/** The asker's own right, and for a third party the recipient's as well. */
function askBoth(
  set: PolicySet,
  input: DecisionInput,
  form: ReleasedForm,
): { permits: readonly PolicyRule[] } | Stop | "failed" {
  const families: readonly Family[] = input.recipient === "none" ? ["show"] : ["show", "send"];
  const permits: PolicyRule[] = [];
  for (const family of families) {
    const verdict = set.engine.ask(`${family}-${form}`, input);
    if (verdict.failed) return "failed";
    if (!verdict.allowed) return { forbids: verdict.rules, unpermitted: verdict.rules.length === 0 ? family : null };
    permits.push(...verdict.rules);
  }
  return { permits };
}
