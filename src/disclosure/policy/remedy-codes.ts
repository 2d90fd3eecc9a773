// The closed list of what may turn a denial into an answer.
export const REMEDY_CODES = [
  "assignment",
  "open-case",
  "authorization",
  "two-person-approval",
  "legal-process",
  "privilege-review",
  "purpose",
  "basis",
  "registered-purpose",
  "registered-class",
  "entity",
  "line",
  "training",
  "strong-sign-in",
  "justify",
  "verify-recipient",
  "contract",
  "masked-form",
] as const;
export type RemedyCode = (typeof REMEDY_CODES)[number];
