// What every verb of this domain is handed.
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { AdministrationRights } from "./actions.ts";
import type { HighWater } from "./high-water.ts";
import type { RoleTable } from "./roles.ts";

export type AuthorityRowKind = "principal" | "assignment" | "customer" | "policy";

/** Something in storage that grants nothing because it does not verify. Ids and codes only, so it may be logged and counted. */
export interface AuthorityAnomaly {
  readonly code: "forged" | "rolled-back" | "assignments-differ";
  readonly row: AuthorityRowKind;
  readonly id: string;
}

export type AuthorityKeys = Pick<
  Keys,
  "authorityMac" | "verifyAuthorityMac" | "sealUnder" | "openUnder" | "keyedDigest"
>;

export interface AccessContext {
  readonly database: Database;
  readonly keys: AuthorityKeys;
  readonly ledger: Pick<Ledger, "append" | "appendIn" | "list">;
  readonly clock: Clock;
  readonly roles: RoleTable;
  readonly rights: AdministrationRights;
  readonly seenPrincipals: HighWater;
  readonly seenCustomers: HighWater;
  readonly seenPolicySets: HighWater;
  readonly report: (anomaly: AuthorityAnomaly) => void;
  /** Drops what is remembered of a principal, after this process changed it. */
  readonly forget: (principalId: Uuid) => void;
}
