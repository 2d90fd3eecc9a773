// The closed lists every domain speaks: data classes, purposes, bases, roles, outcomes. Order is stored (bit masks): only append.
export const DATA_CLASSES = [
  "identity",
  "contact",
  "government-id",
  "financial",
  "health",
  "specially-protected-health",
  "genetic",
  "biometric",
  "driving",
  "property",
  "credit",
  "claims-narrative",
  "underwriting",
  "investigation",
  "special-category",
] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

export const PURPOSES = [
  "quote",
  "underwriting",
  "policy-servicing",
  "billing",
  "claim-handling",
  "medical-review",
  "subrogation",
  "fraud-investigation",
  "litigation",
  "reinsurance",
  "actuarial",
  "statutory-reporting",
  "regulator-exam",
  "audit",
  "complaint",
  "data-subject-request",
  "incident-response",
  "marketing",
  "vendor-processing",
  "emergency",
  "group-administration",
  "legal-demand",
  "administration",
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const BASES = ["role-duty", "authorization", "legal-demand", "rights-request", "incident", "emergency"] as const;
export type Basis = (typeof BASES)[number];

export const ROLES = [
  "agent",
  "csr",
  "billing",
  "underwriter",
  "claims-adjuster",
  "medical-reviewer",
  "siu-investigator",
  "actuary",
  "compliance",
  "dpo",
  "security-admin",
  "internal-auditor",
  "it-admin",
  "litigation",
  "tpa",
  "reinsurer",
  "defence-counsel",
  "repair-shop",
  "medical-provider",
  "plan-sponsor",
  "regulator-examiner",
  "law-enforcement",
  "policyholder",
  "dependant-policyholder",
  "beneficiary",
  "service-account",
  "access-admin",
] as const;
export type Role = (typeof ROLES)[number];

/** What an assignment gives in hand. A role's "P" cells of the least-privilege matrix need one of the kinds that fit the role. */
export const ASSIGNMENT_KINDS = [
  "claim",
  "policy",
  "submission",
  "case",
  "investigation",
  "matter",
  "sample",
  "exam",
  "book",
  "block",
  "call",
  "patient",
] as const;
export type AssignmentKind = (typeof ASSIGNMENT_KINDS)[number];

export const FLAGS = [
  "protection-order",
  "restricted",
  "employee",
  "vip",
  "minor",
  "deceased",
  // What the customer chose (src/choices): a flag, so that what says no cannot be taken away by taking away a row.
  "no-marketing",
  "no-affiliate-sharing",
  "no-third-party-sharing",
] as const;
export type Flag = (typeof FLAGS)[number];

/** How one field is answered. */
export const FORMS = ["clear", "masked", "token", "denied"] as const;
export type Form = (typeof FORMS)[number];

export const LINES = ["life", "health", "auto", "property", "commercial", "workers-compensation", "general"] as const;
export type LineOfBusiness = (typeof LINES)[number];

export const LINK_KINDS = [
  "policyholder",
  "insured",
  "dependant",
  "beneficiary",
  "claimant",
  "household",
  "representative",
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** The bit of a data class in a stored mask. */
export function classBit(dataClass: DataClass): number {
  return 1 << DATA_CLASSES.indexOf(dataClass);
}

export function classesOfMask(mask: number): DataClass[] {
  return DATA_CLASSES.filter((_, at) => (mask & (1 << at)) !== 0);
}
