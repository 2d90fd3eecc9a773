// What would permit more: found by deciding again with one remedy at a time, or two where one alone changes nothing.
import type { AssignmentKind, Basis, Form, Purpose } from "../../kernel/vocabulary.ts";
import { ASSIGNMENT_KINDS, PURPOSES } from "../../kernel/vocabulary.ts";
import type { DecisionInput } from "./input.ts";
import type { ReleasedForm } from "./engine.ts";
import { FORMS_BEST_FIRST, judge, judgeAsGiven, type Judgement, type Question } from "./judge.ts";
import type { PolicySet } from "./policy-set.ts";
import type { RemedyCode } from "./remedy-codes.ts";
import { remedyMessage } from "./wording.ts";

export interface Remedy {
  /** One code, or two joined by "+" where both are needed. */
  readonly code: string;
  readonly message: string;
  /** The form that the asker gets once the remedy is in place and nothing else has changed. */
  readonly form: Form;
  readonly changes: Partial<DecisionInput>;
}

interface Candidate {
  readonly code: RemedyCode;
  readonly changes: Partial<DecisionInput>;
}

const REMEDIES_MAX = 6;
const KINDS_TO_TRY: readonly AssignmentKind[] = ["case", "claim", "policy", "block"];

/** Switches that a remedy turns on. */
const SWITCHED_ON = {
  "open-case": "caseOpen",
  authorization: "authorizationCovers",
  "two-person-approval": "twoPersonApproval",
  "legal-process": "legalProcessCovers",
  "privilege-review": "privilegeReviewed",
  "registered-purpose": "purposeRegistered",
  "registered-class": "classAllowed",
  entity: "entityAllowed",
  line: "lineAllowed",
  training: "trainingCurrent",
  "strong-sign-in": "strongSignIn",
  "step-up": "freshSignIn",
  passkey: "phishingResistant",
  acknowledge: "policiesAcknowledged",
  "verify-caller": "callerVerified",
  justify: "fieldNeeded",
  "verify-recipient": "recipientVerified",
  contract: "recipientContract",
} as const satisfies Partial<Record<RemedyCode, keyof DecisionInput>>;

/** Bases that go with one purpose; another purpose takes the asker back to the duty of the role. */
const PURPOSE_BASES: ReadonlySet<Basis> = new Set(["rights-request", "incident", "emergency"]);

/** INVARIANT: every remedy named was tried: judged with its changes, the same question gets the form it names, better than now. */
export function findRemedies(set: PolicySet, question: Question, now: Judgement): Remedy[] {
  if (now.stop === null) return [];
  if (now.stop.forbids.some((rule) => rule.remedies.length === 0)) return towardsLesser(set, question, now);
  const asked = { ...question, input: now.judged };
  const candidates = candidatesFor(set, asked.input, now);
  const reachable = bestReachable(set, asked, now, candidates);
  if (reachable === null) return lesserForm(set, question, now);
  const alone = candidates.flatMap((candidate) => tryOut(set, asked, now, [candidate]));
  const found =
    alone.length > 0 || now.form !== "denied"
      ? alone
      : pairs(set, { ...asked, wanted: reachable, exactly: true }, now, candidates);
  return [...oneFallbackKind(found), ...lesserForm(set, question, now)].slice(0, REMEDIES_MAX);
}

/** Nothing lifts what stands in the way of this form, but something may in the way of a lesser one: the last four digits, say. */
function towardsLesser(set: PolicySet, question: Question, now: Judgement): Remedy[] {
  const wanted = FORMS_BEST_FIRST[FORMS_BEST_FIRST.indexOf(question.wanted) + 1];
  if (question.exactly || now.form !== "denied" || wanted === undefined) return lesserForm(set, question, now);
  const lesser = { ...question, wanted };
  return findRemedies(set, lesser, judge(set, lesser));
}

/** Who insists on one form is told when a lesser one would be given. */
function lesserForm(set: PolicySet, question: Question, now: Judgement): Remedy[] {
  if (!question.exactly || now.failed || now.form !== "denied") return [];
  const lesser = judge(set, { ...question, exactly: false }).form;
  return lesser === "denied"
    ? []
    : [{ code: "masked-form", message: remedyMessage("masked-form", {}, lesser), form: lesser, changes: {} }];
}

function candidatesFor(set: PolicySet, input: DecisionInput, now: Judgement): Candidate[] {
  const codes = new Set<RemedyCode>(now.stop?.forbids.flatMap((rule) => rule.remedies));
  const permits = set.rules.filter(
    (rule) =>
      rule.effect === "permit" &&
      (rule.role ?? input.role) === input.role &&
      (input.recipient !== "none" || rule.family !== "send"),
  );
  const mentions = (word: string): boolean => permits.some((rule) => rule.mentions.has(word));
  codes.add("assignment");
  for (const [code, name] of switches()) if (mentions(name)) codes.add(code);
  return [...codes].flatMap((code) => candidatesOf(set, input, code));
}

function candidatesOf(set: PolicySet, input: DecisionInput, code: RemedyCode): Candidate[] {
  if (code === "assignment") {
    return kindsFor(set, input).map((assignment) => ({ code, changes: { assignment } }));
  }
  if (code === "purpose") {
    const basis = PURPOSE_BASES.has(input.basis) ? "role-duty" : input.basis;
    return purposesFor(set, input).map((purpose) => ({ code, changes: { purpose, basis, purposeRegistered: true } }));
  }
  if (code === "another-person") return input.conflictDeclared ? [{ code, changes: { conflictDeclared: false } }] : [];
  if (code === "basis") return input.basis === "role-duty" ? [] : [{ code, changes: { basis: "role-duty" } }];
  if (code === "authorization") return agreed(input);
  const name = switches().find(([candidate]) => candidate === code)?.[1];
  return name === undefined || input[name] === true ? [] : [{ code, changes: { [name]: true } }];
}

/** A newer one than whatever the customer said no to. */
function agreed(input: DecisionInput): Candidate[] {
  const { authorizationCovers, noAffiliateSharing, noThirdPartySharing } = input;
  if (authorizationCovers && !noAffiliateSharing && !noThirdPartySharing) return [];
  const noes = {
    ...(noAffiliateSharing && { noAffiliateSharing: false }),
    ...(noThirdPartySharing && { noThirdPartySharing: false }),
  };
  return [{ code: "authorization", changes: { authorizationCovers: true, ...noes } }];
}

/** The kinds that the role's own permits speak of; where they speak of none, a few that anyone may hold. */
function kindsFor(set: PolicySet, input: DecisionInput): readonly AssignmentKind[] {
  const own = set.rules.filter((rule) => rule.effect === "permit" && rule.role === input.role);
  const named = ASSIGNMENT_KINDS.filter((kind) => own.some((rule) => rule.mentions.has(`AssignmentKind::${kind}`)));
  return (named.length > 0 ? named : KINDS_TO_TRY).filter((kind) => kind !== input.assignment);
}

/** The purposes that the role's own rules speak of: its line of the role-purpose table. An emergency is never suggested. */
function purposesFor(set: PolicySet, input: DecisionInput): readonly Purpose[] {
  const own = set.rules.filter((rule) => rule.role === input.role);
  return PURPOSES.filter(
    (purpose) =>
      purpose !== input.purpose &&
      purpose !== "emergency" &&
      purpose !== "administration" &&
      own.some((rule) => rule.mentions.has(`Purpose::${purpose}`)),
  );
}

/** The form that all remedies together give, for the best choice of kind and purpose; null when trying each of them would be idle. */
function bestReachable(
  set: PolicySet,
  question: Question,
  now: Judgement,
  candidates: readonly Candidate[],
): ReleasedForm | null {
  const rest = candidates.filter(({ code }) => code !== "assignment" && code !== "purpose");
  const together = merged(rest);
  const choices = (code: RemedyCode): Partial<DecisionInput>[] => {
    const named = candidates.filter((candidate) => candidate.code === code).map(({ changes }) => changes);
    return named.length > 0 ? [...named, {}] : [{}];
  };
  let best: ReleasedForm | null = null;
  for (const kind of choices("assignment")) {
    for (const purpose of choices("purpose")) {
      const form = betterForm(set, question, now, { ...together, ...kind, ...purpose });
      if (form === question.wanted) return form;
      if (form !== null && (best === null || rank(form) < rank(best))) best = form;
    }
  }
  return best;
}

function pairs(set: PolicySet, question: Question, now: Judgement, candidates: readonly Candidate[]): Remedy[] {
  return candidates.flatMap((first, at) =>
    candidates
      .slice(at + 1)
      .filter((second) => second.code !== first.code)
      .flatMap((second) => tryOut(set, question, now, [first, second])),
  );
}

function tryOut(set: PolicySet, question: Question, now: Judgement, tried: readonly Candidate[]): Remedy[] {
  if (!liftsAll(now, tried)) return [];
  const changes = merged(tried);
  const form = betterForm(set, question, now, changes);
  if (form === null) return [];
  const messages = tried.map((candidate) => remedyMessage(candidate.code, candidate.changes, form));
  return [{ code: tried.map(({ code }) => code).join("+"), message: messages.join(" "), form, changes }];
}

/** Each rule that forbids now must name one of the remedies as its own, else trying them is idle. */
function liftsAll(now: Judgement, tried: readonly Candidate[]): boolean {
  return now.stop?.forbids.every((rule) => tried.some(({ code }) => rule.remedies.includes(code))) ?? true;
}

/** The form that the changed input gets, when it is better than what is given now. */
function betterForm(
  set: PolicySet,
  question: Question,
  now: Judgement,
  changes: Partial<DecisionInput>,
): ReleasedForm | null {
  const { form } = judgeAsGiven(set, { ...question, input: { ...question.input, ...changes } });
  return form !== "denied" && rank(form) < rank(now.form) ? form : null;
}

function merged(candidates: readonly Candidate[]): Partial<DecisionInput> {
  return Object.assign({}, ...candidates.map(({ changes }) => changes)) as Partial<DecisionInput>;
}

/** Where no kind is the role's own, one example is enough. */
function oneFallbackKind(found: readonly Remedy[]): Remedy[] {
  const seen = new Set<string>();
  return found.filter(({ code, form, changes }) => {
    if (changes.assignment === undefined || KINDS_TO_TRY.every((kind) => kind !== changes.assignment)) return true;
    const key = `${code} ${form} ${changes.purpose ?? ""}`;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

function rank(form: Form): number {
  return form === "denied" ? FORMS_BEST_FIRST.length : FORMS_BEST_FIRST.indexOf(form);
}

type SwitchedOn = keyof typeof SWITCHED_ON;

function switches(): [SwitchedOn, (typeof SWITCHED_ON)[SwitchedOn]][] {
  return Object.entries(SWITCHED_ON) as [SwitchedOn, (typeof SWITCHED_ON)[SwitchedOn]][];
}
