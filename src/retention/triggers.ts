// What a period counts from, and where that moment stands without anything sealed being opened.

/** The events of governance/schema, and those that only our own schedule counts from. */
export const TRIGGERS = [
  "relationship-end",
  "policy-end",
  "claim-closed",
  "application-decided",
  "investigation-closed",
  "unit-closed",
  "last-interaction",
  "purpose-satisfied",
  "collected",
  "discovered",
] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** Of one unit. Null: nobody wrote it down, or only in what is sealed. */
export interface Moments {
  /** The entry that closed the unit; null while it is open. */
  readonly closedAt: Date | null;
  /** The last entry of the ledger about the customer that is work with or for them. */
  readonly lastContactAt: Date | null;
  /** The newest write of a record of the unit. */
  readonly collectedAt: Date | null;
}

/**
 * A policy's end, a claim's closing, an application's decision and whatever else ends are the closing of the unit that holds the record: what a record
 * serves ends there (docs/decisions/0230). A day of discovery stands in sealed records alone, so that nothing that counts from it falls due by itself.
 */
export function momentOf(trigger: Trigger, { closedAt, lastContactAt, collectedAt }: Moments): Date | null {
  if (trigger === "discovered") return null;
  if (trigger === "last-interaction") return lastContactAt;
  return trigger === "collected" ? collectedAt : closedAt;
}
