// Decides a question field by field, and chooses what an answer may say. Pure: the same facts give the same answer.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { ASSIGNMENT_KINDS, FORMS, LINES, type DataClass, type Form } from "../kernel/vocabulary.ts";
import type { DecisionUnit, FieldType, StoredRecord } from "../vault/vault.ts";
import { coveredBy, type Entitlement, type Entitlements, type Place, placeOf, UNCOVERED } from "./entitlements.ts";
import { askerFacts, decisionInput, type AskerPart, type FactSources } from "./facts.ts";
import type { StepUp } from "./step-up.ts";
import type { Grounds } from "./grounds.ts";
import {
  blindInput,
  WORK_KINDS,
  type Decider,
  type DecisionInput,
  type FieldDecision,
  type WorkKind,
} from "./policy/policy.ts";
import type { Question, Terms } from "./question.ts";
import { type CoveringOf, NOT_COVERED } from "./registered.ts";
import { isInHand, unitFacts, type Situation, type UnitFacts } from "./situation.ts";
import type { Asked } from "./targets.ts";

/** What one field is answered with. */
export interface Judged {
  readonly field: FieldType;
  /** Null where no record may be named: a denial says nothing of what exists. */
  readonly stored: StoredRecord | null;
  readonly input: DecisionInput;
  readonly decision: FieldDecision;
  /** Permitted, but the customer has no such record. */
  readonly nothingHeld: boolean;
}

export interface Bench {
  readonly decider: Decider;
  /** As the question stands: elevated where it invokes a grant. */
  readonly asker: Authenticated;
  readonly grounds: Grounds;
  readonly entitlements: Entitlements;
  readonly terms: Terms;
  readonly stepUp: StepUp;
  /** What the register says of the recipient that the question names. */
  readonly covering: CoveringOf;
  /** How many customers the question is about. */
  readonly customerCount: number;
  readonly now: Date;
}

/** Decides for a customer within the asker's rows. */
export function judge(
  bench: Bench,
  situation: Situation,
  question: Pick<Question, "unitId">,
  asked: readonly Asked[],
): Judged[] {
  const units = new Map<DecisionUnit, UnitTried>();
  const work = workInHand(situation, question);
  const askerPart = askerFacts(bench);
  const entitlements = bench.entitlements.get(situation.customerId) ?? NOT_ENTITLED;
  return asked.flatMap(({ field, records }) => {
    const sources = sourcesOf(bench, askerPart, field, work);
    const told: Judged[] = [];
    for (const stored of records) {
      const unit = units.get(stored.unit) ?? untried(unitFacts(bench.asker, situation, stored.unit.header));
      units.set(stored.unit, unit);
      const covered =
        entitlements.length === 0 ? sources : withCovered(sources, entitlements, placeOf(sources.field, stored));
      const { input, decision } = tryOnce(unit, covered.field, () => best(bench, situation, covered, unit.facts));
      // INVARIANT: a denied record is named only when the asker has its unit in hand; otherwise the answer is the one that would be given if there were none.
      if (decision.form !== "denied" || unit.inHand) told.push({ field, stored, input, decision, nothingHeld: false });
    }
    return told.length > 0 ? told : judgeAbsence(bench, situation, sources, { field, unitId: question.unitId });
  });
}

/** What is known of one unit while a question is decided. */
interface UnitTried {
  readonly facts: UnitFacts;
  readonly inHand: boolean;
  /** By what of a question differs from one field to the next: few even where the fields are many. */
  readonly tried: (Tried & { readonly field: FactSources["field"] })[];
}

function untried(facts: UnitFacts): UnitTried {
  return { facts, inHand: isInHand(facts), tried: [] };
}

function tryOnce({ tried }: UnitTried, field: FactSources["field"], attempt: () => Tried): Tried {
  const known = tried.find(
    (one) =>
      one.field.dataClass === field.dataClass &&
      one.field.trait === field.trait &&
      one.field.fieldNeeded === field.fieldNeeded &&
      one.field.standardView === field.standardView &&
      one.field.covering === field.covering &&
      one.field.authorized === field.authorized &&
      one.field.agreedAtMs === field.agreedAtMs &&
      one.field.legalProcess === field.legalProcess &&
      one.field.privilegeReviewed === field.privilegeReviewed &&
      one.field.releaseJudged === field.releaseJudged,
  );
  if (known !== undefined) return known;
  const { input, decision } = attempt();
  tried.push({ field, input, decision });
  return { input, decision };
}

/** Decides for a customer whom the asker may not know of, or who does not exist: the two cannot be told apart. */
export function judgeBlind(bench: Bench, fields: readonly FieldType[], work: WorkKind | null): Judged[] {
  const askerPart = askerFacts(bench);
  return fields.map((field) => judgeStranger(bench, sourcesOf(bench, askerPart, field, work), field));
}

function workInHand(situation: Situation, question: Pick<Question, "unitId">): WorkKind | null {
  if (question.unitId !== null) return situation.units.get(question.unitId)?.kind ?? null;
  return null;
}

function sourcesOf(bench: Bench, askerPart: AskerPart, field: FieldType, work: WorkKind | null): FactSources {
  const { asker, terms, grounds, covering } = bench;
  const { views, traitOf } = bench.decider.policySet;
  // 45 CFR 164.514(d)(3)-(4): a routine request is bounded by the role's standard view, any other by a reason of its own.
  const standardView =
    terms.fields === null ||
    (work === null ? WORK_KINDS : [work]).some((kind) => views.needs(asker.role, kind, field.path));
  const fieldNeeded = standardView || terms.justification !== null;
  return {
    asker,
    askerPart,
    grounds,
    terms,
    field: {
      dataClass: field.dataClass,
      trait: traitOf(field.path),
      fieldNeeded,
      standardView,
      covering: covering(field),
      ...UNCOVERED,
    },
  };
}

const NOT_ENTITLED: readonly Entitlement[] = [];

/** The same sources for one place, where anything covers anything of the customer. */
function withCovered(sources: FactSources, entitlements: readonly Entitlement[], place: Place): FactSources {
  if (entitlements.length === 0) return sources;
  return { ...sources, field: { ...sources.field, ...coveredBy(entitlements, place) } };
}

interface Tried {
  readonly input: DecisionInput;
  readonly decision: FieldDecision;
}

/** The best of the ways in which the asker stands to the unit. */
function best(bench: Bench, situation: Situation, sources: FactSources, unit: UnitFacts): Tried {
  const tried = unit.standings.map((standing) => {
    const input = decisionInput(sources, situation, unit, standing);
    return { input, decision: bench.decider.decideField(input, bench.terms.form) };
  });
  return tried.reduce(better);
}

function better(left: Tried, right: Tried): Tried {
  return rank(right.decision.form) < rank(left.decision.form) ? right : left;
}

const rank = (form: Form): number => FORMS.indexOf(form);

/**
 * No record of this type that may be told of. Whoever has units in hand and might see such a field there learns that these hold none, which says
 * nothing of other units; anyone else gets the denial of a stranger.
 */
function judgeAbsence(
  bench: Bench,
  situation: Situation,
  sources: FactSources,
  asked: { field: FieldType; unitId: Uuid | null },
): Judged {
  const { field, unitId } = asked;
  const inHand = [...situation.units.values()]
    .filter((unit) => unitId === null || unit.unitId === unitId)
    .map((unit) => ({ unit, facts: unitFacts(bench.asker, situation, unit) }))
    .filter(({ facts }) => isInHand(facts));
  if (inHand.length === 0) return judgeStranger(bench, sources, field);
  const entitlements = bench.entitlements.get(situation.customerId) ?? NOT_ENTITLED;
  const [first, ...others] = inHand.map(({ unit, facts }) => {
    const place = { ...sources.field, unit, recordId: null };
    return best(bench, situation, withCovered(sources, entitlements, place), facts);
  });
  const found = others.reduce((left, right) => better(left!, right), first)!;
  return {
    field,
    stored: null,
    ...found,
    decision: denied(found.decision),
    nothingHeld: found.decision.form !== "denied",
  };
}

/** Decided as if nothing were known of the customer. Where the role may see such fields of anyone, the answer is that none may be told of. */
function judgeStranger(bench: Bench, sources: FactSources, field: FieldType): Judged {
  const input = blindInput(decisionInput(sources, NOBODY, NO_UNIT, NO_STANDING));
  const decision = bench.decider.decideField(input, bench.terms.form);
  return { field, stored: null, input, decision: denied(decision), nothingHeld: decision.form !== "denied" };
}

const denied = (decision: FieldDecision): FieldDecision => ({ ...decision, form: "denied" });

export interface PlacedUnit {
  readonly unit: Place["unit"];
  readonly facts: UnitFacts;
}

/** The best form in which fields of this kind would be answered of any of these units, as `judge` would decide: the form alone. */
export function bestForm(
  bench: Bench,
  situation: Situation,
  { units, work }: { readonly units: readonly PlacedUnit[]; readonly work: WorkKind | null },
  field: FieldType,
): Form {
  const sources = sourcesOf(bench, askerFacts(bench), field, work);
  const entitlements = bench.entitlements.get(situation.customerId) ?? NOT_ENTITLED;
  const forms = units.flatMap(({ unit, facts }) => {
    const place = { ...sources.field, unit, recordId: null };
    const covered = withCovered(sources, entitlements, place);
    return facts.standings.map((standing) => bench.decider.formOf(decisionInput(covered, situation, facts, standing)));
  });
  return forms.reduce((most, form) => (rank(form) < rank(most) ? form : most), "denied" as Form);
}

/** True when some customer exists, however assigned, of whom the asker would be shown this class for the stated purpose. */
export function couldSee(bench: Bench, dataClass: DataClass): boolean {
  const { asker, terms, grounds } = bench;
  const field = {
    dataClass,
    trait: "none",
    fieldNeeded: true,
    standardView: true,
    covering: NOT_COVERED,
    ...UNCOVERED,
  } as const;
  const sources: FactSources = { asker, askerPart: askerFacts(bench), grounds, terms, field };
  const lines = asker.lines.length > 0 ? asker.lines : LINES;
  return lines.some((line) =>
    [NO_STANDING, ...ASSIGNMENT_KINDS.map((assignment) => ({ ...NO_STANDING, assignment }))].some((standing) => {
      const input = decisionInput(sources, NOBODY, { ...NO_UNIT, line, ownGroup: true }, standing);
      return bench.decider.decideField(input, terms.form).form !== "denied";
    }),
  );
}

const NO_STANDING = { assignment: "none", relationship: "none", classes: null, caseOpen: true } as const;
const NO_UNIT: UnitFacts = {
  unitId: null,
  line: "general",
  entityAllowed: true,
  lineAllowed: true,
  ownGroup: false,
  standings: [NO_STANDING],
};
const NOBODY: Situation = {
  customerId: "" as Uuid,
  revision: 0,
  erased: false,
  flags: new Set(),
  saidNo: new Map(),
  held: [],
  disputes: [],
  related: [],
  units: new Map(),
};
