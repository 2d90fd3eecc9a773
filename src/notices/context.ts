// What notices are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Mail } from "../mail/mail.ts";
import type { Database } from "../postgres/database.ts";
import type { Preferences } from "../preferences/preferences.ts";
import type { Vault } from "../vault/vault.ts";
import type { NoticeRule } from "./rules.ts";

export interface NoticesContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly vault: Pick<Vault, "loadForDecision" | "loadRecords">;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly mail: Pick<Mail, "put" | "requireSending" | "tellProofs">;
  readonly preferences: Pick<Preferences, "read" | "useReach">;
  readonly rules: readonly NoticeRule[];
}
