// Asking before asking: what a disclosure would be answered with, field by field and why. Nothing is opened; that it was asked is written down.
import type { Authenticated } from "../access/access.ts";
import type { EntryDraft } from "../ledger/ledger.ts";
import { packedNames } from "../vault/vault.ts";
import { spendingOf } from "./ceilings.ts";
import type { GateContext } from "./context.ts";
import { type Asking, decideAndRecord } from "./disclose.ts";
import { disputedIn } from "./disputed.ts";
import { disclosureDraft, outcomeOf, type Decided, type DisclosureOutcome } from "./entry.ts";
import type { Judged } from "./judge.ts";
import { obligationsOf } from "./obligations.ts";
import type { Reason } from "./policy/policy.ts";
import type { Question, Terms } from "./question.ts";
import { type FieldAnswer, reasonsFor, remediesTold } from "./release.ts";
import type { Situation } from "./situation.ts";
import type { Uuid } from "../kernel/bytes.ts";

/** As a disclosure answers it, without the value. */
export type PreviewField = Omit<FieldAnswer, "value" | "given"> & {
  /** The record has no value for it; false where the asker may not know. */
  readonly isEmpty: boolean;
};

/** What the asker could still give, that would get more. */
export interface Asks {
  readonly reason: boolean;
  readonly stepUp: boolean;
  /** Of those a passkey alone: the code of an app gets no more. */
  readonly passkey: boolean;
  readonly secondPerson: boolean;
  /** The watch holds it until it has been reviewed: nothing that the asker gives helps. */
  readonly held: boolean;
}

export interface PreviewAnswer {
  readonly previewId: Uuid;
  readonly outcome: DisclosureOutcome;
  readonly fields: readonly PreviewField[];
  readonly asks: Asks;
  readonly obligations: readonly Reason[];
}

/**
 * INVARIANT: decided by what decides the disclosure itself, and weighed by the watch as one, so that it tells nothing that asking would not have told, and
 * whoever tries many customers by it is noticed. Throws as `disclose`.
 */
export async function preview(context: GateContext, asker: Authenticated, question: Question): Promise<PreviewAnswer> {
  const { customerId, unitId, recordIds, revision, ...terms } = question;
  const asked = { ...terms, subjects: [{ customerId, unitId, recordIds, revision }] };
  const { parts, sequenced } = await decideAndRecord(context, asker, asked, PREVIEWING);
  const judged = parts.flatMap((part) => part.judged);
  return {
    previewId: sequenced.entryId,
    outcome: outcomeOf(judged),
    fields: parts.flatMap((part) => part.judged.map((one) => fieldOf(one, part.situation))),
    asks: asksOf(judged),
    obligations: obligationsOf(judged, terms),
  };
}

const PREVIEWING: Asking = {
  kind: "preview",
  draft: previewDraft,
  // That the customer was asked about counts; no value goes out.
  spending: (parts) => ({ ...spendingOf(parts), fields: 0 }),
};

/** "done", not "allowed": nothing of the customer was shown, so it counts nowhere as shown. What would be answered stands in the detail. */
function previewDraft(asker: Authenticated, terms: Terms, decided: Decided): EntryDraft {
  const { outcome, detail, ...draft } = disclosureDraft(asker, terms, decided);
  return {
    ...draft,
    kind: "preview",
    outcome: outcome === "denied" ? "denied" : "done",
    detail: { ...detail, wouldBe: outcome },
  };
}

function fieldOf(one: Judged, situation: Situation | null): PreviewField {
  const { field, stored, decision } = one;
  const isHeld = stored !== null && packedNames(stored.record.pack).has(field.name);
  return {
    field: field.path,
    recordId: stored?.record.recordId ?? null,
    unitId: stored?.record.unitId ?? null,
    dataClass: field.dataClass,
    form: decision.form,
    isEmpty: decision.form !== "denied" && !isHeld,
    reasons: reasonsFor(one, isHeld),
    policies: decision.policies,
    permittedBy: remediesTold(one),
    disputed: situation === null ? undefined : disputedIn(situation.disputes, one),
  };
}

const STEP_UPS: ReadonlySet<string> = new Set(["strong-sign-in", "step-up", "passkey"]);

function asksOf(judged: readonly Judged[]): Asks {
  const told = judged.flatMap((one) => remediesTold(one).map(({ code }) => code.split("+")));
  const helps = new Set(told.flat());
  const byFactor = told.filter((codes) => codes.some((code) => STEP_UPS.has(code)));
  return {
    reason: helps.has("justify"),
    stepUp: byFactor.length > 0,
    passkey: byFactor.length > 0 && byFactor.every((codes) => codes.includes("passkey")),
    secondPerson: helps.has("two-person-approval"),
    held: judged.some(({ decision }) => decision.reasons.some(({ code }) => code === "watch-hold")),
  };
}
