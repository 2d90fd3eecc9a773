// What every verb of this domain is handed.
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { AdministrationRights } from "./actions.ts";
import type { AuthorityAnomaly } from "./anomaly.ts";
import type { AuthorityRow } from "./assignment-store.ts";
import type { AuthorityKeys } from "./authority-keys.ts";
import type { CustomerAuthority } from "./customer-state.ts";
import type { HighWater } from "../kernel/high-water.ts";
import type { PrincipalRow, StoredPrincipal } from "./principal-row.ts";
import type { RoleTable } from "./roles.ts";
import type { VerifiedRows } from "../kernel/verified-rows.ts";

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
  readonly verifiedCustomers: VerifiedRows<AuthorityRow, CustomerAuthority>;
  readonly verifiedPrincipals: VerifiedRows<PrincipalRow, StoredPrincipal>;
  /** Who is one person with whom. */
  readonly personnel: Pick<AuthorityRows, "liveOfMany">;
  readonly report: (anomaly: AuthorityAnomaly) => void;
  /** Drops what is remembered of a principal, after this process changed it. */
  readonly forget: (principalId: Uuid) => void;
}
