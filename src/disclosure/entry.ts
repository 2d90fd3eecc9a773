// What the ledger is told of a disclosure before anything is opened. Ids, codes and exact decision inputs, never a value.
import { viaOf, type Authenticated } from "../access/access.ts";
import { interned, type Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { EntryDraft } from "../ledger/ledger.ts";
import { type Entitlement, type Entitlements, placeOf, reliedUpon, type RestedOn, restingOn } from "./entitlements.ts";
import type { Grounds } from "./grounds.ts";
import type { Judged } from "./judge.ts";
import type { DecisionInput } from "./policy/policy.ts";
import type { Terms } from "./question.ts";
import { type Registered, reliedOn } from "./registered.ts";
import type { Situation } from "./situation.ts";
import { type Weighed, watchDetail } from "./watch.ts";

export type DisclosureOutcome = "allowed" | "partial" | "denied";

/** One customer's part of a disclosure. `situation` is null for a stranger's question. */
export interface Part {
  readonly customerId: Uuid;
  readonly unitId: Uuid | null;
  readonly situation: Situation | null;
  readonly judged: readonly Judged[];
}

/** What a question was decided on. */
export interface Decided {
  readonly policyRevision: number;
  /** The asker as elevated, where the question invokes a grant. */
  readonly acting: Authenticated;
  readonly grounds: Grounds;
  readonly entitlements: Entitlements;
  readonly parts: readonly Part[];
  readonly weighed: Weighed | null;
  /** What the register said of the recipient that the question names. */
  readonly registered: Registered | null;
}

export function outcomeOf(judged: readonly Judged[]): DisclosureOutcome {
  const released = judged.filter(({ decision }) => decision.form !== "denied").length;
  if (released === 0) return "denied";
  return released === judged.length ? "allowed" : "partial";
}

/** The classes released, or those asked for where nothing was. */
function classesOf(judged: readonly Judged[]): DataClass[] {
  const released = judged.filter(({ decision }) => decision.form !== "denied");
  return [...new Set((released.length > 0 ? released : judged).map(({ field }) => field.dataClass))];
}

export function disclosureDraft(asker: Authenticated, terms: Terms, decided: Decided): EntryDraft {
  const { policyRevision, acting, parts } = decided;
  const judged = parts.flatMap((part) => part.judged);
  const [only] = parts;
  const single = parts.length === 1 ? only : undefined;
  const entitled = entitledTo(decided).map(({ entitlement }) => entitlement);
  return {
    entryId: newId(),
    kind: "disclosure",
    outcome: outcomeOf(judged),
    actorId: asker.principalId,
    // INVARIANT: the id that was asked about, whether or not there is such a customer: whoever asked may read this entry back.
    customerId: single?.customerId ?? null,
    recipientId: terms.recipient?.recipientId ?? null,
    purpose: terms.purpose,
    basis: terms.basis,
    classes: classesOf(judged),
    withheld: isWithheld(terms, judged, entitled),
    detail: {
      ...detailOf(acting, terms, decided),
      ...standingOf(asker, acting, { relied: reliedBy(decided, entitled) }),
    },
    guard: {
      actorRevision: asker.revision,
      customerRevision: single?.situation?.revision ?? null,
      policyRevision,
    },
    ...(single === undefined ? { subjects: parts.map(subjectOf) } : {}),
  };
}

// Tipping off the subject of an investigation, or of a legal demand under lawful delay, is what withholding is for (domain notes, section 3, SI).
// What rests on a process whose subject is told stands on their lists; of all else that is said to rest on one, nothing does.
function isWithheld(terms: Terms, judged: readonly Judged[], entitled: readonly Entitlement[]): boolean {
  const isDemand = terms.purpose === "legal-demand" || terms.basis === "legal-demand";
  return (
    terms.purpose === "fraud-investigation" ||
    (isDemand && (entitled.length === 0 || entitled.some((one) => one.isWithheld))) ||
    judged.some(({ field }) => field.dataClass === "investigation")
  );
}

function subjectOf(part: Part): NonNullable<EntryDraft["subjects"]>[number] {
  return {
    customerId: part.customerId,
    outcome: outcomeOf(part.judged),
    classes: classesOf(part.judged),
    revision: part.situation?.revision ?? null,
  };
}

function detailOf(
  asker: Authenticated,
  terms: Terms,
  { policyRevision, parts, weighed, registered }: Decided,
): { [key: string]: Json } {
  const inputs: RememberedInput[] = [];
  const places = new Map<RememberedInput, number>();
  const remember = (judged: Judged): number => {
    const input = rememberedInput(judged);
    const known = places.get(input);
    if (known !== undefined) return known;
    places.set(input, inputs.length);
    return inputs.push(input) - 1;
  };
  // Names in order, as they are written down.
  const customers = parts.map((part) => ({
    customer: part.customerId,
    fields: part.judged.map((judged) => ({
      form: judged.decision.form,
      input: remember(judged),
      path: judged.field.path,
      record: judged.stored?.record.recordId ?? null,
      revision: judged.stored?.record.revision ?? null,
    })),
    unit: part.unitId,
  }));
  return {
    role: asker.role,
    actorRevision: asker.revision,
    policyRevision,
    wanted: terms.form,
    standardView: terms.fields === null,
    recipientType: terms.recipient?.type ?? null,
    ...(registered === null ? {} : { contracts: [...reliedOn(registered, terms)] }),
    justification: terms.justification,
    ...(terms.origins === undefined ? {} : { origins: true }),
    customers,
    // The exact inputs, so that the decision can be rehearsed under other policies.
    inputs,
    ...(weighed === null ? {} : { watch: watchDetail(weighed) }),
  };
}

/** What the asker invoked and rested on besides its registration; nothing where it did not. */
export function standingOf(
  asker: Authenticated,
  acting: Authenticated,
  { relied }: Pick<Grounds, "relied">,
): { readonly [key: string]: Json } {
  return {
    ...viaOf(asker),
    ...(acting.role === asker.role ? {} : { ownRole: asker.role }),
    ...(relied.length === 0 ? {} : { grounds: relied }),
  };
}

/** Which authorizations and processes of whom what is released rests on. */
export function restedOn(decided: Pick<Decided, "entitlements" | "parts">): readonly RestedOn[] {
  return entitledTo(decided).map(({ customerId, entitlement }) => restingOn(customerId, entitlement));
}

interface Entitled {
  readonly customerId: Uuid;
  readonly entitlement: Entitlement;
}

/** Which authorizations and processes covered what is released. */
function entitledTo({ entitlements, parts }: Pick<Decided, "entitlements" | "parts">): readonly Entitled[] {
  if (entitlements.size === 0) return [];
  return parts.flatMap(({ customerId, judged }) => {
    const released = judged.flatMap(({ input, stored, decision }) =>
      stored === null || decision.form === "denied" ? [] : [placeOf(input, stored)],
    );
    const relied = reliedUpon(entitlements.get(customerId) ?? [], released);
    return relied.map((entitlement) => ({ customerId, entitlement }));
  });
}

function reliedBy({ grounds }: Decided, entitled: readonly Entitlement[]): readonly Json[] {
  return entitled.length === 0
    ? grounds.relied
    : [...grounds.relied, ...entitled.map(({ id, kind }) => ({ id, kind }))];
}

type RememberedInput = { readonly [key: string]: string };

const rememberedInputs = new WeakMap<readonly string[], RememberedInput>();

/** The exact input with the policies that decided on it. A remembered decision stands for one input, so its list of policies can stand for it here. */
function rememberedInput({ input, decision }: Judged): RememberedInput {
  const { determining } = decision;
  const known = rememberedInputs.get(determining);
  if (known !== undefined) return known;
  const made = interned({ ...exactInput(input), policies: determining.join(" ") });
  // Decisions that could not be taken share one empty list and are not remembered.
  if (determining.length > 0) rememberedInputs.set(determining, made);
  return made;
}

/** Each choice by its name; of the switches, of which an input has all, the names of those that are on. */
function exactInput(input: DecisionInput): RememberedInput {
  const members = Object.entries(input);
  const choices = members.filter((member): member is [string, string] => typeof member[1] === "string");
  const on = members.filter(([, value]) => value === true).map(([name]) => name);
  return { ...Object.fromEntries(choices), on: on.join(" ") };
}
