// Decides about one field in one situation: pure, so decisions are remembered by their exact input and can be rehearsed under other policies.
import type { Form } from "../../kernel/vocabulary.ts";
import type { ReleasedForm } from "./engine.ts";
import { explain, type FieldDecision } from "./explain.ts";
import { inputKey } from "./input-key.ts";
import type { DecisionInput } from "./input.ts";
import { judge, type Judgement } from "./judge.ts";
import { loadPolicySet, policySetToRehearse, type PolicySet, type PolicySource } from "./policy-set.ts";
import { createRemembered } from "./remembered.ts";
import { FAILED_REASON } from "./wording.ts";

export { CHOICES, SWITCHES } from "./input.ts";
export { blindInput, RECIPIENTS, UNKNOWN_CUSTOMER } from "./input.ts";
export type { DecisionInput, RecipientType, Relationship, Trait } from "./input.ts";
export type { CitedPolicy, FieldDecision } from "./explain.ts";
export type { Remedy } from "./remedies.ts";
export type { Reason } from "./wording.ts";
export type { ReleasedForm, PolicySet, PolicySource };
export { PolicyError } from "./errors.ts";
export { WORK_KINDS } from "./standard-views.ts";
export type { StandardViews, WorkKind } from "./standard-views.ts";
export type { Signature } from "./sign-in.ts";
export { namedBy, type Sending, type WaitsFor, waitsForIn } from "./waiting.ts";
export { matrixOf, type MatrixCell, type RoleReach } from "./matrix.ts";
export { loadPolicySet, policySetToRehearse };

const DECISIONS_REMEMBERED_MAX = 20_000;

const NOT_AN_INPUT: FieldDecision = Object.freeze({
  form: "denied",
  policies: [],
  reasons: [FAILED_REASON],
  remedies: [],
  determining: [],
});

export interface Decider {
  readonly policySet: PolicySet;
  /**
   * The best form up to `wanted` (or only that, with `exactly`). Never throws for what is asked: an input that is not exactly a decision
   * input is denied, and so is one on which a policy fails. The answer is shared and frozen.
   */
  decideField(input: DecisionInput, wanted?: ReleasedForm, exactly?: boolean): FieldDecision;
  /** The form alone that `decideField` would give, without looking for what would permit more: for those who ask about very many inputs at once. */
  formOf(input: DecisionInput): Form;
}

export function createDecider(policySet: PolicySet, rememberedMax = DECISIONS_REMEMBERED_MAX): Decider {
  const remembered = createRemembered<FieldDecision>(rememberedMax);
  const decideField = (input: DecisionInput, wanted: ReleasedForm = "clear", exactly = false): FieldDecision => {
    const key = inputKey(input, wanted, exactly);
    if (key === null) return NOT_AN_INPUT;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const decision = Object.freeze(explain(policySet, { input, wanted, exactly }));
    // INVARIANT: a failure is not remembered; it says something about this moment, not about the input.
    if (decision.reasons[0] !== FAILED_REASON) remembered.set(key, decision);
    return decision;
  };
  const forms = createRemembered<Form>(rememberedMax);
  const formOf = (input: DecisionInput): Form => {
    const key = inputKey(input, "clear", false);
    if (key === null) return "denied";
    const known = remembered.get(key)?.form ?? forms.get(key);
    if (known !== undefined) return known;
    const { form, failed } = judgeForm(policySet, input);
    if (!failed) forms.set(key, form);
    return form;
  };
  return { policySet, decideField, formOf };
}

/** What permits more permits a token too (decide.test.ts), so a denial takes one question and not one a form. */
function judgeForm(policySet: PolicySet, input: DecisionInput): Pick<Judgement, "form" | "failed"> {
  const least = judge(policySet, { input, wanted: "token", exactly: true });
  return least.form === "denied" ? least : judge(policySet, { input, wanted: "clear", exactly: false });
}

export interface Rehearsed {
  readonly form: Form;
  readonly determining: readonly string[];
}

/** What each input would get under a policy set, for rehearsals and the matrix: no remedies, nothing remembered. */
export function decideAll(
  policySet: PolicySet,
  inputs: readonly DecisionInput[],
  wanted: ReleasedForm = "clear",
): Rehearsed[] {
  return inputs.map((input) => {
    if (inputKey(input, wanted, false) === null) return { form: "denied", determining: [] };
    const { form, permits, stop } = judge(policySet, { input, wanted, exactly: false });
    return { form, determining: [...permits, ...(stop?.forbids ?? [])].map((rule) => rule.id) };
  });
}
