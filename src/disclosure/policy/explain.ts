// Turns a judgement into what may be answered: the form, the rules that decided it, why not more, and what would help.
import { ROLES, type Form, type Role } from "../../kernel/vocabulary.ts";
import type { DecisionInput } from "./input.ts";
import { judge, type Judgement, type Question } from "./judge.ts";
import type { PolicySet } from "./policy-set.ts";
import { findRemedies, type Remedy } from "./remedies.ts";
import type { PolicyRule } from "./rule.ts";
import { ceilingReason, FAILED_REASON, missingReasons, RECIPIENT_REASON, type Reason } from "./wording.ts";

export interface CitedPolicy {
  readonly id: string;
  readonly citation: string;
  /** What the policy says, in one sentence. */
  readonly text: string;
}

export interface FieldDecision {
  readonly form: Form;
  /** The policies that decided, forbids included, as far as the asker may know of them. Safe to show. */
  readonly policies: readonly CitedPolicy[];
  /** Why not the wanted form; empty when it is given. Safe to show. */
  readonly reasons: readonly Reason[];
  readonly remedies: readonly Remedy[];
  /** Ids of all rules that decided, also those the asker is not told of. For the sealed detail, not for the answer. */
  readonly determining: readonly string[];
}

/** To whom a discreet rule is not named: they may be, or talk to, the party whom the flag guards against. */
const NOT_TOLD: ReadonlySet<Role> = new Set(
  ROLES.filter((role) =>
    [
      "agent",
      "reinsurer",
      "repair-shop",
      "medical-provider",
      "plan-sponsor",
      "policyholder",
      "dependant-policyholder",
      "beneficiary",
    ].includes(role),
  ),
);

export function explain(set: PolicySet, question: Question): FieldDecision {
  const judgement = judge(set, question);
  const { form, permits, stop, judged } = judgement;
  if (judgement.failed) return { form, policies: [], reasons: [FAILED_REASON], remedies: [], determining: [] };
  if (stop === null) return { form, policies: permits.map(cite), reasons: [], remedies: [], determining: ids(permits) };
  const fallback = stop.unpermitted === null ? [] : [set.defaults[stop.unpermitted]];
  const determining = [...ids([...permits, ...stop.forbids]), ...fallback.map(({ id }) => id)];
  if (NOT_TOLD.has(judged.role) && stop.forbids.some((rule) => rule.discreet)) {
    return { ...asIfNeverSeen(set, judged, judgement), determining };
  }
  const remedies = findRemedies(set, question, judgement);
  return {
    form,
    policies: [...[...permits, ...stop.forbids].map(cite), ...fallback.map(citeDefault)],
    reasons: reasonsFor(judged, judgement, remedies),
    remedies,
    determining,
  };
}

/** INVARIANT: the same answer as for a class that the role never sees, so that nobody can tell from it that a flag exists. */
function asIfNeverSeen(
  set: PolicySet,
  input: DecisionInput,
  { form, permits }: Judgement,
): Omit<FieldDecision, "determining"> {
  return {
    form,
    policies: form === "denied" ? [citeDefault(set.defaults.show)] : permits.map(cite),
    reasons: [ceilingReason(input.dataClass, form)],
    remedies: [],
  };
}

function reasonsFor(input: DecisionInput, { form, stop }: Judgement, remedies: readonly Remedy[]): Reason[] {
  const told = new Map<string, Reason>();
  for (const rule of stop?.forbids ?? [])
    if (rule.reason !== null) told.set(rule.id, { code: rule.reason, message: rule.title, policy: rule.id });
  if (told.size > 0) return [...told.values()];
  const missing = missingReasons(remedies.map(({ code }) => code));
  if (stop?.unpermitted === "send") return [RECIPIENT_REASON, ...missing];
  return missing.length > 0 ? missing : [ceilingReason(input.dataClass, form)];
}

function cite({ id, citation, title }: PolicyRule): CitedPolicy {
  return { id, citation, text: title };
}

function citeDefault({ id, citation, title }: { id: string; citation: string; title: string }): CitedPolicy {
  return { id, citation, text: title };
}

function ids(rules: readonly PolicyRule[]): string[] {
  return rules.map((rule) => rule.id);
}
