// The closed lists of the schema: value types, masks, transforms, unit kinds and what a retention period counts from.
export const VALUE_TYPES = [
  "text",
  "name",
  "narrative",
  "identifier",
  "code",
  "boolean",
  "date",
  "timestamp",
  "year",
  "integer",
  "decimal",
  "percent",
  "money",
  "email",
  "phone",
  "country",
  "us-state",
  "region",
  "postcode",
  "ssn",
  "ein",
  "mbi",
  "document-number",
  "iban",
  "account-number",
  "routing-number",
  "vin",
  "plate",
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export const MASK_NAMES = [
  "hidden",
  "first-initial",
  "last2",
  "last4",
  "year-only",
  "email-domain",
  "phone-last2",
  "phone-last4",
  "postcode-area",
  "region",
  "status-only",
  "band",
] as const;
export type MaskName = (typeof MASK_NAMES)[number];

/** Whether what a field holds is about other people: such as a story may be, and a witness's name always is. */
export const OTHERS = ["never", "may", "always"] as const;
export type Others = (typeof OTHERS)[number];

/** How a value becomes one part of what a blind index hashes. */
export const TRANSFORMS = [
  "exact",
  "fold",
  "alnum",
  "email",
  "phone",
  "postcode",
  "year",
  "last4",
  "prefix4",
  "prefix6",
  "metaphone",
] as const;
export type Transform = (typeof TRANSFORMS)[number];

export const INDEX_KINDS = ["exact", "prefix", "phonetic", "compound"] as const;
export type IndexKind = (typeof INDEX_KINDS)[number];

/** How a field may be searched: not at all, only together with other fields, or by itself as well. */
export const INDEX_USES = ["none", "combined", "alone"] as const;
export type IndexUse = (typeof INDEX_USES)[number];

export const UNIT_KINDS = ["relationship", "policy", "claim", "application", "investigation"] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export const SUBJECT_KINDS = ["person", "organisation"] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export const RETENTION_EVENTS = [
  "relationship-end",
  "policy-end",
  "claim-closed",
  "application-decided",
  "investigation-closed",
  "unit-closed",
  "last-interaction",
  "purpose-satisfied",
  "collected",
] as const;
export type RetentionEvent = (typeof RETENTION_EVENTS)[number];
