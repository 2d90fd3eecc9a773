// What rounds of notices are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Letters } from "../letters/letters.ts";
import type { Notices } from "../notices/notices.ts";
import type { Database } from "../postgres/database.ts";
import type { Preferences } from "../preferences/preferences.ts";
import type { Vault } from "../vault/vault.ts";

export interface RoundsContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly ledger: Pick<Ledger, "appendIn">;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly vault: Pick<Vault, "unitsAfter" | "unitsOf" | "countUnits">;
  readonly preferences: Pick<Preferences, "read" | "wishes">;
  readonly letters: Pick<Letters, "enqueue" | "letter" | "noticesUnderWay">;
  readonly notices: Pick<Notices, "rules" | "given" | "letterOf" | "mail" | "mails">;
  /** Under whose law a legal entity holds data. */
  readonly jurisdictionOf: (entity: string) => string;
  /** Whether several principals are one person. */
  readonly areOnePerson: (one: Uuid, other: Uuid) => Promise<boolean>;
}
