// What preferences are handed.
import type { Access, Authenticated } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Gate } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Mail } from "../mail/mail.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";

export interface PreferencesContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Pick<Ledger, "list">;
  readonly vault: Pick<Vault, "sealWaiting" | "loadForDecision" | "registry" | "search">;
  readonly gate: Pick<Gate, "readWaiting" | "useWaiting" | "useValues">;
  readonly mail: Mail;
  /** Whether the agent has this customer, verified, on the line. */
  readonly isCallerVerified: (asker: Authenticated, customerId: Uuid) => Promise<boolean>;
}
