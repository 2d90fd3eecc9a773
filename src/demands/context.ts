// What legal demands are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Letters } from "../letters/letters.ts";
import type { Mail } from "../mail/mail.ts";
import type { Database } from "../postgres/database.ts";
import type { Preferences } from "../preferences/preferences.ts";
import type { Vault } from "../vault/vault.ts";
import type { DemandRules } from "./rules.ts";

export interface DemandsContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Pick<Ledger, "accountingOpened">;
  readonly vault: Pick<Vault, "loadRecords" | "loadForDecision">;
  readonly rules: DemandRules;
  /** Under whose law a legal entity holds data: ISO 3166, or EU. */
  readonly jurisdictionOf: (entity: string) => string;
  /** Whether the bytes of this paper of the customer are sealed here. */
  readonly isSealedHere: (customerId: Uuid, recordId: Uuid) => Promise<boolean>;
  readonly areOnePerson: (one: Uuid, other: Uuid) => Promise<boolean>;
  readonly mail: Pick<Mail, "put" | "canSend" | "addressOf" | "tellProofs">;
  readonly letters: Pick<Letters, "enqueue" | "letter" | "byPost">;
  readonly preferences: Pick<Preferences, "read" | "useReach">;
  /** A customer who is not told yet, and will be tried again. */
  readonly onFailure: (error: unknown) => void;
}
