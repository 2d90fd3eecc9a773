// What cases are handed.
import type { Access } from "../access/access.ts";
import type { Accounting } from "../accounting/accounting.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Gate } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";

export interface CasesContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly vault: Pick<Vault, "sealWaiting" | "loadForDecision">;
  readonly gate: Pick<Gate, "readWaiting">;
  readonly accounting: Pick<Accounting, "line">;
  /** Whether several principals are one person. */
  readonly areOnePerson: (one: Uuid, other: Uuid) => Promise<boolean>;
  /** Writes to the customer that there is an answer. Never fails. */
  readonly tell: (customerId: Uuid, caseId: Uuid) => Promise<void>;
}
