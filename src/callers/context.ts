// What verification of callers is handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Gate } from "../disclosure/disclosure.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Mail } from "../mail/mail.ts";
import type { Database } from "../postgres/database.ts";
import type { Preferences } from "../preferences/preferences.ts";
import type { Representations } from "../representation/representation.ts";
import type { Vault } from "../vault/vault.ts";
import type { CallerQuestions } from "./questions.ts";

export interface CallersContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Pick<Ledger, "append" | "list">;
  readonly vault: Pick<Vault, "loadRecords">;
  readonly gate: Pick<Gate, "useValues">;
  readonly mail: Mail;
  readonly preferences: Pick<Preferences, "mayUseContacts" | "isShared">;
  readonly representations: Pick<Representations, "reachOf">;
  readonly questions: CallerQuestions;
}
