// What is reported when something stored does not verify.
export type AuthorityRowKind = "principal" | "assignment" | "customer" | "policy" | "granted" | "holder";

/** Something in storage that grants nothing because it does not verify. Ids and codes only, so it may be logged and counted. */
export interface AuthorityAnomaly {
  readonly code: "forged" | "rolled-back" | "assignments-differ";
  readonly row: AuthorityRowKind;
  readonly id: string;
}
