// What the verbs of this domain are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";
import type { GrantRules } from "./rules.ts";

/** An emergency access was opened: for mail and the like. Ids only. */
export interface GrantAlert {
  readonly kind: "break-glass-opened";
  readonly principalId: Uuid;
  readonly grantId: Uuid;
  /** Of the ledger. */
  readonly entryId: Uuid;
}

export interface GrantsContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly clock: Clock;
  readonly rules: GrantRules;
  /** Who somebody reports to, where that is known. */
  readonly supervisorOf: (principalId: Uuid) => Promise<Uuid | null>;
  /** The entry stands already; what this fails at is its own affair. */
  readonly onAlert: (alert: GrantAlert) => void;
}
