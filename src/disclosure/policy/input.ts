// What a decision rests on: a small, fully enumerated input, so that a decision is a pure function and may be remembered and rehearsed.
import {
  ASSIGNMENT_KINDS,
  BASES,
  DATA_CLASSES,
  LINES,
  PURPOSES,
  ROLES,
  type AssignmentKind,
  type Basis,
  type DataClass,
  type LineOfBusiness,
  type Purpose,
  type Role,
} from "../../kernel/vocabulary.ts";

/** What is special about one field within its data class. */
export const TRAITS = [
  "none",
  "ssn",
  "account-number",
  "work-status",
  "payout-share",
  "psychotherapy-note",
  "suspicious-activity",
  "witness",
] as const;
export type Trait = (typeof TRAITS)[number];

/** To whom the asker would give it; "none" where the asker looks at it and gives it to nobody. */
export const RECIPIENTS = [
  "none",
  "individual",
  "service-provider",
  "insurer",
  "reinsurer",
  "support-organization",
  "medical-provider",
  "plan-sponsor",
  "regulator",
  "law-enforcement",
  "fraud-bureau",
  "court",
  "counsel",
  "research-organization",
  "affiliate",
  "lienholder",
  "consumer-reporting-agency",
  "marketing-partner",
  "acquirer",
  "press",
  "other",
] as const;
export type RecipientType = (typeof RECIPIENTS)[number];

/** What the record's customer is to a customer who asks; "none" where staff, partners and systems ask. */
const RELATIONSHIPS = ["none", "self", "dependant", "guardian", "representative", "beneficiary"] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];

const ROW_SCOPES = ["none", "assignments", "groups", "everything-masked"] as const;
const ASSIGNMENTS = ["none", ...ASSIGNMENT_KINDS] as const;

/** About the asker and the stated reason. Nothing here depends on the customer. */
export interface AskerFacts {
  readonly role: Role;
  readonly purpose: Purpose;
  readonly basis: Basis;
  readonly rowScope: (typeof ROW_SCOPES)[number];
  /** The asker's own registration includes the stated purpose. */
  readonly purposeRegistered: boolean;
  /** The asker's class ceiling includes the field's class, or there is none. */
  readonly classAllowed: boolean;
  /** Privacy training is current. True for systems and until training is recorded. */
  readonly trainingCurrent: boolean;
  /** Signed in with a second factor, a passkey or a certificate. True for API clients, whose secret is machine-held. */
  readonly strongSignIn: boolean;
  /** A second factor or passkey was shown minutes ago (step-up). True for API clients. */
  readonly freshSignIn: boolean;
  /** Signed in with a passkey with user verification, or its like at a provider. True for API clients. */
  readonly phishingResistant: boolean;
  /** The policies that this role must acknowledge are acknowledged. True for systems and customers. */
  readonly policiesAcknowledged: boolean;
  /** An emergency access is open for this asker and is what is invoked now. Only with purpose and basis "emergency". */
  readonly breakGlass: boolean;
  /** The question is about more customers than are asked about at once in ordinary work, or takes them out of the platform (an export). */
  readonly bulk: boolean;
}

/** About the field that is asked for and to whom it goes. */
export interface FieldFacts {
  readonly dataClass: DataClass;
  readonly trait: Trait;
  /** The field is in the role's standard view for the work in hand, or the asker gave a reason for it (minimum necessary). */
  readonly fieldNeeded: boolean;
  /** The field is in the role's standard view of the unit in hand, so that no reason had to be given. */
  readonly standardView: boolean;
  readonly recipient: RecipientType;
  /** A contract in force (treaty, business associate, processor) covers giving this class to the recipient. */
  readonly recipientContract: boolean;
  /** The recipient's identity and authority were verified. */
  readonly recipientVerified: boolean;
}

/** About the customer, the record's unit, and what ties the asker to it. */
export interface CustomerFacts {
  readonly line: LineOfBusiness;
  /** The asker's best assignment for the record's unit: one of the role's own kinds where there are several. */
  readonly assignment: AssignmentKind | "none";
  /** The case is open: for claim, policy, submission and patient the unit itself; for the other kinds the case they name. */
  readonly caseOpen: boolean;
  /** The unit's book or block is one of the asker's groups. */
  readonly ownGroup: boolean;
  /** The record's legal entity, and line of business, are among the asker's. */
  readonly entityAllowed: boolean;
  readonly lineAllowed: boolean;
  readonly relationship: Relationship;
  /** The asker, on a call with them, verified this customer or whoever may speak for them. True for API clients, whose system verifies. */
  readonly callerVerified: boolean;
  /** The asker declared a conflict of interest with this customer. */
  readonly conflictDeclared: boolean;
  /** A live authorization covers asker or recipient, purpose and class. */
  readonly authorizationCovers: boolean;
  /** Two persons, neither of them the asker, approved this class for this customer, and the time has not run out. */
  readonly twoPersonApproval: boolean;
  /** A validated legal process names this customer and class. */
  readonly legalProcessCovers: boolean;
  /** Privilege and 42 CFR Part 2 were checked for what is asked. */
  readonly privilegeReviewed: boolean;
  /**
   * Of a closed investigation: two people of those who may judge it have agreed that the person may have this; the asker is the second. Of anything else: a copy
   * that the asker did not make holds it, until somebody has read it for other people's data.
   */
  readonly releaseJudged: boolean;
  readonly protectionOrder: boolean;
  readonly restricted: boolean;
  readonly employee: boolean;
  readonly vip: boolean;
  readonly minor: boolean;
  readonly deceased: boolean;
  /** What the customer said no to and agreed to nothing since that covers this: marketing (which no agreement lifts), sharing with affiliates, with others who do not work for the insurer. */
  readonly noMarketing: boolean;
  readonly noAffiliateSharing: boolean;
  readonly noThirdPartySharing: boolean;
  readonly erased: boolean;
}

export interface DecisionInput extends AskerFacts, FieldFacts, CustomerFacts {}

type Switch = { [Key in keyof DecisionInput]: DecisionInput[Key] extends boolean ? Key : never }[keyof DecisionInput];
type Choice = Exclude<keyof DecisionInput, Switch>;

/** The closed list of each choice. The schema's enumerations equal these; loading checks it. */
export const CHOICES = {
  role: ROLES,
  dataClass: DATA_CLASSES,
  purpose: PURPOSES,
  basis: BASES,
  line: LINES,
  assignment: ASSIGNMENTS,
  rowScope: ROW_SCOPES,
  relationship: RELATIONSHIPS,
  trait: TRAITS,
  recipient: RECIPIENTS,
} as const satisfies { [Key in Choice]: readonly DecisionInput[Key][] };

/** Facts that later features supply; until then nothing rests on them. */
const NO_GROUNDS = {
  authorizationCovers: false,
  twoPersonApproval: false,
  legalProcessCovers: false,
  privilegeReviewed: false,
  releaseJudged: false,
} as const;

export const NO_FLAGS = {
  protectionOrder: false,
  restricted: false,
  employee: false,
  vip: false,
  minor: false,
  deceased: false,
  noMarketing: false,
  noAffiliateSharing: false,
  noThirdPartySharing: false,
  erased: false,
} as const;

/** A customer of whom nothing is known. The order of `SWITCHES` follows from this object and is nowhere stored. */
export const UNKNOWN_CUSTOMER: CustomerFacts = {
  line: "general",
  assignment: "none",
  caseOpen: true,
  ownGroup: false,
  entityAllowed: true,
  lineAllowed: true,
  relationship: "none",
  callerVerified: false,
  conflictDeclared: false,
  ...NO_GROUNDS,
  ...NO_FLAGS,
};

const SWITCHES_RECORD: { [Key in Switch]: true } = {
  purposeRegistered: true,
  classAllowed: true,
  trainingCurrent: true,
  strongSignIn: true,
  breakGlass: true,
  fieldNeeded: true,
  recipientContract: true,
  recipientVerified: true,
  caseOpen: true,
  ownGroup: true,
  entityAllowed: true,
  lineAllowed: true,
  authorizationCovers: true,
  twoPersonApproval: true,
  legalProcessCovers: true,
  privilegeReviewed: true,
  releaseJudged: true,
  protectionOrder: true,
  restricted: true,
  employee: true,
  vip: true,
  minor: true,
  deceased: true,
  noMarketing: true,
  noAffiliateSharing: true,
  noThirdPartySharing: true,
  erased: true,
  freshSignIn: true,
  phishingResistant: true,
  policiesAcknowledged: true,
  standardView: true,
  callerVerified: true,
  conflictDeclared: true,
  bulk: true,
};
export const SWITCHES = Object.keys(SWITCHES_RECORD) as readonly Switch[];

/**
 * The input as it is for a customer of whom the asker may know nothing. An asker outside their rows is decided on this, and so is an
 * unknown customer id: the two answers are the same whatever the customer's flags, entity, line or state.
 */
export function blindInput(input: DecisionInput): DecisionInput {
  return { ...input, ...UNKNOWN_CUSTOMER, fieldNeeded: true, standardView: true };
}
