// Gathers the facts a decision rests on. Facts that later features supply stand as absent, so nothing is permitted on them.
import type { Authenticated } from "../access/access.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { DecisionInput } from "./policy/policy.ts";
import type { Covered } from "./entitlements.ts";
import { askerGrounds, customerGrounds, type Grounds, type Spoken } from "./grounds.ts";
import type { Terms } from "./question.ts";
import { type Covering, reaches } from "./registered.ts";
import type { StepUp } from "./step-up.ts";
import { roleAs } from "./relationships.ts";
import { stands } from "./said-no.ts";
import type { Situation, Standing, UnitFacts } from "./situation.ts";

export type AskerPart = Pick<
  DecisionInput,
  | "role"
  | "purpose"
  | "basis"
  | "rowScope"
  | "purposeRegistered"
  | "trainingCurrent"
  | "policiesAcknowledged"
  | "strongSignIn"
  | "freshSignIn"
  | "phishingResistant"
  | "breakGlass"
  | "bulk"
>;
type FieldPart = Pick<DecisionInput, "dataClass" | "trait" | "fieldNeeded" | "standardView"> &
  Covered & {
    readonly covering: Covering;
  };

export interface AskerSources {
  /** As the question stands: elevated where it invokes a grant. */
  readonly asker: Authenticated;
  readonly grounds: Grounds;
  readonly terms: Pick<Terms, "purpose" | "basis">;
  readonly stepUp: StepUp;
  /** How many customers the question is about. */
  readonly customerCount: number;
  readonly now: Date;
}

export function askerFacts({ asker, grounds, terms, stepUp, customerCount, now }: AskerSources): AskerPart {
  const { trainingCurrent, policiesAcknowledged, breakGlass } = askerGrounds(grounds);
  return {
    role: asker.role,
    purpose: terms.purpose,
    basis: terms.basis,
    rowScope: asker.rowScope,
    purposeRegistered: asker.purposes.includes(terms.purpose),
    trainingCurrent,
    policiesAcknowledged,
    ...signInFacts(asker, stepUp, now),
    breakGlass,
    bulk: customerCount > stepUp.bulkCustomers,
  };
}

/** An API client proves itself by what only a machine holds. INVARIANT: a person without a sign-in has shown nothing. */
function signInFacts(
  { kind, signIn }: Pick<Authenticated, "kind" | "signIn">,
  { shiftSeconds, freshSeconds }: StepUp,
  now: Date,
): SignInPart {
  if (kind === "client") return { strongSignIn: true, freshSignIn: true, phishingResistant: true };
  const isWithin = (at: Date | null | undefined, seconds: number): boolean =>
    at != null && now.getTime() - at.getTime() < seconds * 1000;
  return {
    strongSignIn: isWithin(signIn?.strongAt, shiftSeconds),
    freshSignIn: isWithin(signIn?.strongAt, freshSeconds),
    phishingResistant: isWithin(signIn?.phishingResistantAt, shiftSeconds),
  };
}

type SignInPart = Pick<DecisionInput, "strongSignIn" | "freshSignIn" | "phishingResistant">;

export interface FactSources {
  readonly asker: Authenticated;
  readonly askerPart: AskerPart;
  readonly grounds: Grounds;
  readonly terms: Pick<Terms, "recipient">;
  readonly field: FieldPart;
}

/** INVARIANT: a representative on the line hears what their authority is of, and nothing beside it. */
function speaksOf(spoken: readonly Spoken[], { unitId }: UnitFacts, dataClass: DataClass): boolean {
  return spoken.some(
    ({ unitIds, classes }) =>
      (unitIds === null || (unitId !== null && unitIds.includes(unitId))) &&
      (classes === null || classes.includes(dataClass)),
  );
}

/**
 * The whole input for one field of one record, for one way in which the asker stands to its unit. Written out and not put together from parts: an object
 * of fifty members that are added one after another takes ten times as long, and as much memory, as one whose members are known.
 */
export function decisionInput(
  sources: FactSources,
  situation: Situation,
  unit: UnitFacts,
  standing: Standing,
): DecisionInput {
  const { flags, saidNo, customerId } = situation;
  const { asker, askerPart, terms, field } = sources;
  const { approved, callerSpeaksOf, conflictDeclared } = customerGrounds(sources.grounds, customerId);
  const relationship = standing.classes?.includes(field.dataClass) === false ? "none" : standing.relationship;
  return {
    role: roleAs(relationship) ?? askerPart.role,
    purpose: askerPart.purpose,
    basis: askerPart.basis,
    rowScope: askerPart.rowScope,
    purposeRegistered: askerPart.purposeRegistered,
    trainingCurrent: askerPart.trainingCurrent,
    policiesAcknowledged: askerPart.policiesAcknowledged,
    strongSignIn: askerPart.strongSignIn,
    freshSignIn: askerPart.freshSignIn,
    phishingResistant: askerPart.phishingResistant,
    breakGlass: askerPart.breakGlass,
    bulk: askerPart.bulk,
    dataClass: field.dataClass,
    trait: field.trait,
    // To a recipient goes what its contract for this purpose lists, whatever the asker's own view or reason.
    fieldNeeded: field.covering.needed === null ? field.fieldNeeded : reaches(field.covering.needed, unit.line),
    standardView: field.standardView,
    classAllowed: asker.classCeiling === null || asker.classCeiling.includes(field.dataClass),
    recipient: terms.recipient?.type ?? "none",
    recipientContract: reaches(field.covering.contracts, unit.line),
    recipientVerified: field.covering.isVerified,
    line: unit.line,
    entityAllowed: unit.entityAllowed,
    lineAllowed: unit.lineAllowed,
    ownGroup: unit.ownGroup,
    assignment: standing.assignment,
    caseOpen: standing.caseOpen,
    relationship,
    // A machine has nobody on the line. A client that works as a call centre verifies its callers as its people would.
    callerVerified: asker.role === "service-account" || speaksOf(callerSpeaksOf, unit, field.dataClass),
    conflictDeclared,
    // Nobody stands as a representative without authority on file that covers it (`relationships.ts`).
    authorizationCovers: relationship === "representative" || field.authorized,
    legalProcessCovers: field.legalProcess,
    privilegeReviewed: field.privilegeReviewed,
    releaseJudged: field.releaseJudged,
    twoPersonApproval: approved.includes(field.dataClass),
    protectionOrder: flags.has("protection-order"),
    restricted: flags.has("restricted"),
    employee: flags.has("employee"),
    vip: flags.has("vip"),
    minor: flags.has("minor"),
    deceased: flags.has("deceased"),
    noMarketing: flags.has("no-marketing"),
    noAffiliateSharing: stands(saidNo, "no-affiliate-sharing", field.agreedAtMs),
    noThirdPartySharing: stands(saidNo, "no-third-party-sharing", field.agreedAtMs),
    erased: situation.erased,
  };
}
