// Words for what the policies do not say themselves: why nothing permitted, and what would help. For adjusters, not for engineers.
import type { AssignmentKind, DataClass, Form } from "../../kernel/vocabulary.ts";
import type { DecisionInput } from "./input.ts";
import type { RemedyCode } from "./remedy-codes.ts";

export interface Reason {
  readonly code: string;
  readonly message: string;
  /** The policy whose text the message is. */
  readonly policy?: string;
}

const CLASS_WORDS: Readonly<Record<DataClass, string>> = {
  identity: "identity",
  contact: "contact details",
  "government-id": "government ids",
  financial: "financial information",
  health: "health information",
  "specially-protected-health": "specially protected health information",
  genetic: "genetic information",
  biometric: "biometric information",
  driving: "driving information",
  property: "property information",
  credit: "credit information",
  "claims-narrative": "claim narratives",
  underwriting: "underwriting information",
  investigation: "investigation files",
  "special-category": "special-category information",
};

const ASSIGNMENT_WORDS: Readonly<Record<AssignmentKind, string>> = {
  claim: "the claim",
  policy: "the policy",
  submission: "the submission",
  case: "the case",
  investigation: "the investigation",
  matter: "the matter",
  sample: "the audit sample",
  exam: "the registered exam",
  book: "the book of business",
  block: "the contracted block",
  call: "the call of this customer, once verified",
  patient: "the patient",
};

const REMEDY_WORDS: Readonly<Record<Exclude<RemedyCode, "assignment" | "purpose" | "masked-form">, string>> = {
  "open-case": "The case must be open; a closed one can be reopened.",
  authorization: "An authorization by the customer that covers this would permit it.",
  "two-person-approval": "Approval by two persons other than you would permit it.",
  "legal-process": "A validated legal process that names this would permit it.",
  "privilege-review": "Have privilege and 42 CFR Part 2 checked first.",
  basis: "If your role's duty is what entitles you, state that as the basis.",
  "registered-purpose": "Have this purpose added to your registration.",
  "registered-class": "Have this kind of information added to your registration.",
  entity: "Have this legal entity added to your registration.",
  line: "Have this line of business added to your registration.",
  training: "Complete your privacy training.",
  "strong-sign-in": "Sign in with a second factor, a passkey or a certificate.",
  "step-up": "Show a second factor or passkey again.",
  passkey: "Sign in with a passkey.",
  acknowledge: "Acknowledge the policies for your role.",
  "verify-caller": "Verify the caller.",
  "another-person": "Have somebody else do this who has no interest in it.",
  justify: "Say why you need this field.",
  "verify-recipient": "Verify the recipient's identity and authority.",
  contract: "Register the contract that covers giving this to the recipient.",
};

export function remedyMessage(code: RemedyCode, changes: Partial<DecisionInput>, form: Form): string {
  if (code === "masked-form") return `Ask for the ${form} form.`;
  if (code === "purpose") return `If it is why you ask, state the purpose ${changes.purpose ?? ""}.`;
  if (code !== "assignment") return REMEDY_WORDS[code];
  const kind = changes.assignment ?? "none";
  return kind === "none" ? "" : `Be assigned ${ASSIGNMENT_WORDS[kind]}.`;
}

const MISSING: Readonly<Partial<Record<RemedyCode, Reason>>> = {
  assignment: { code: "not-assigned", message: "Your role sees this only in what is assigned to you." },
  "open-case": { code: "case-closed", message: "Your role sees this only while the case is open." },
  authorization: {
    code: "needs-ground",
    message: "This needs the customer's authorization, approval by two persons, or legal process; none is on file.",
  },
  "legal-process": {
    code: "needs-ground",
    message: "This needs the customer's authorization, approval by two persons, or legal process; none is on file.",
  },
  contract: { code: "no-contract", message: "No contract that covers giving this to the recipient is on file." },
  justify: { code: "no-need-shown", message: "This field is outside your standard view and no reason was given." },
};

/** Why nothing permitted, told by what would. */
export function missingReasons(remedyCodes: readonly string[]): Reason[] {
  const reasons = new Map<string, Reason>();
  for (const code of remedyCodes.flatMap((joined) => joined.split("+"))) {
    const reason = MISSING[code as RemedyCode];
    if (reason !== undefined) reasons.set(reason.code, reason);
  }
  return [...reasons.values()];
}

/** Why nothing would permit more. */
export function ceilingReason(dataClass: DataClass, form: Form): Reason {
  const what = CLASS_WORDS[dataClass];
  if (form === "masked") return { code: "masked-only", message: `Your role sees ${what} masked, whatever the case.` };
  if (form === "token") return { code: "token-only", message: `Your role sees ${what} as tokens, whatever the case.` };
  return { code: "not-for-role", message: `Your role does not see ${what} of this kind.` };
}

export const RECIPIENT_REASON: Reason = {
  code: "no-condition-for-recipient",
  message: "No condition for giving this to this recipient is met.",
};

export const FAILED_REASON: Reason = {
  code: "cannot-be-judged",
  message: "This could not be judged, so it is denied. The policy owners must be told.",
};
