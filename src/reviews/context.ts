// What every verb of this domain is handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { Thresholds } from "./thresholds.ts";

export interface ReviewsContext {
  readonly database: Database;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Pick<
    Ledger,
    "usageSince" | "lastActs" | "grantors" | "actorsOf" | "list" | "opening" | "checkpoint" | "origin"
  >;
  readonly clock: Clock;
  readonly thresholds: Thresholds;
  /** Takes back what was lent; false where it is over already. */
  readonly endGrant: (grantId: Uuid) => Promise<boolean>;
}
