// Asks Cedar one question at a time. Policies are parsed once, in slices: those that can concern one role and one family of actions.
import { preparsePolicySet, preparseSchema, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import type { Form } from "../../kernel/vocabulary.ts";
import { CEDAR_TYPES } from "./cedar-schema.ts";
import { PolicyError } from "./errors.ts";
import { CHOICES, SWITCHES, type DecisionInput } from "./input.ts";
import type { Family, PolicyRule } from "./rule.ts";

export type ReleasedForm = Exclude<Form, "denied">;
export type ActionName = `${Family}-${ReleasedForm}`;

export interface Verdict {
  readonly allowed: boolean;
  /** The rules that determined it: permits when allowed, forbids (or none at all) when not. */
  readonly rules: readonly PolicyRule[];
  /** The request did not fit the schema, or a policy failed while it was evaluated: denied, whatever the other policies say. */
  readonly failed: boolean;
}

export interface Engine {
  ask(action: ActionName, input: DecisionInput): Verdict;
}

type Reference = { readonly type: string; readonly id: string };
export type Context = Record<string, Reference | boolean>;

const FAILED: Verdict = { allowed: false, rules: [], failed: true };

/** `name` tells policy sets apart inside Cedar's store, which is one a thread and keeps what it is given. */
export function createEngine(name: string, schema: string, rules: readonly PolicyRule[]): Engine {
  succeed(preparseSchema(name, schema));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const slices = new Set<string>();
  const slice = (family: Family, role: string): string => {
    const id = `${name}/${family}/${role}`;
    if (slices.has(id)) return id;
    // INVARIANT: a rule is left out only when its scope cannot match, so a slice decides as the whole set does.
    const concerned = rules.filter((rule) => (rule.role ?? role) === role && (rule.family ?? family) === family);
    succeed(
      preparsePolicySet(id, { staticPolicies: Object.fromEntries(concerned.map((rule) => [rule.id, rule.text])) }),
    );
    slices.add(id);
    return id;
  };
  return {
    ask: (action, input) => {
      const family = action.startsWith("show-") ? "show" : "send";
      return evaluate(
        { schema: name, policies: slice(family, input.role), action, input, context: contextOf(input) },
        byId,
      );
    },
  };
}

interface Evaluation {
  readonly schema: string;
  readonly policies: string;
  readonly action: ActionName;
  readonly input: Pick<DecisionInput, "role" | "dataClass">;
  readonly context: Context;
}

/** INVARIANT: anything but a clean "allow" denies. Cedar skips an erring policy, which for a forbid would mean to allow. */
function evaluate(question: Evaluation, byId: ReadonlyMap<string, PolicyRule>): Verdict {
  const answer = statefulIsAuthorized({
    principal: { type: CEDAR_TYPES.role, id: question.input.role },
    action: { type: "Action", id: question.action },
    resource: { type: CEDAR_TYPES.dataClass, id: question.input.dataClass },
    context: question.context,
    preparsedSchemaName: question.schema,
    preparsedPolicySetId: question.policies,
    validateRequest: true,
    entities: [],
  });
  if (answer.type === "failure" || answer.response.diagnostics.errors.length > 0) return FAILED;
  const rules = answer.response.diagnostics.reason.flatMap((id) => byId.get(id) ?? []);
  return { allowed: answer.response.decision === "allow", rules: rules.sort(byPlace), failed: false };
}

const CONTEXT_CHOICES = (Object.keys(CHOICES) as (keyof typeof CHOICES)[]).filter(
  (name) => name !== "role" && name !== "dataClass",
);

/** The Cedar context of an input: one attribute for each of its members save the two that are principal and resource. */
export function contextOf(input: DecisionInput): Context {
  const context: Context = {};
  for (const name of CONTEXT_CHOICES) context[name] = { type: CEDAR_TYPES[name], id: input[name] };
  for (const name of SWITCHES) context[name] = input[name];
  return context;
}

function byPlace(left: PolicyRule, right: PolicyRule): number {
  return left.id < right.id ? -1 : 1;
}

function succeed(answer: { type: "success" } | { type: "failure"; errors: readonly { message: string }[] }): void {
  if (answer.type === "failure") throw new PolicyError(answer.errors.map((error) => error.message));
}
