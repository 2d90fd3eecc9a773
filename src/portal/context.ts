// What customer sign-in is handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Mail } from "../mail/mail.ts";
import type { Preferences } from "../preferences/preferences.ts";
import type { Database } from "../postgres/database.ts";
import type { Sessions } from "../signin/signin.ts";
import type { Vault } from "../vault/vault.ts";

export interface PortalContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Pick<Ledger, "append" | "list">;
  readonly sessions: Pick<Sessions, "start">;
  readonly vault: Pick<Vault, "search" | "loadRecords" | "loadForDecision" | "registry">;
  readonly mail: Mail;
  readonly preferences: Pick<Preferences, "read" | "mayUseContacts" | "isShared" | "holderOf" | "useReach">;
  /** What went wrong after the answer, when nobody was waiting any more. */
  readonly onFailure: (error: unknown) => void;
}
