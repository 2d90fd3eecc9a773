// What changes that wait are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Gate } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Mail } from "../mail/mail.ts";
import type { Preferences } from "../preferences/preferences.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";
import type { ChangeRules } from "./rules.ts";

export interface ChangesContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Pick<Ledger, "appendIn" | "list">;
  readonly vault: Pick<
    Vault,
    "loadRecords" | "loadUnit" | "registry" | "prepare" | "correctMany" | "createMany" | "sealWaiting"
  >;
  readonly gate: Pick<Gate, "useValues" | "useWaiting" | "hasInHand">;
  readonly mail: Mail;
  readonly preferences: Pick<Preferences, "mayUseContacts" | "isShared" | "useAlternative">;
  readonly rules: ChangeRules;
  /** A change that could not be brought to its end; it is tried again. */
  readonly onFailure: (error: unknown) => void;
}

export interface AtChange {
  readonly customerId: Uuid;
  readonly changeId: Uuid;
}
