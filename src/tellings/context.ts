// What tellings are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows, LiveRows, RowChange } from "../authority/authority.ts";
import type { Clocks } from "../clocks/clocks.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Letters } from "../letters/letters.ts";
import type { Mail } from "../mail/mail.ts";
import type { Database, Transaction } from "../postgres/database.ts";
import type { TellingRules } from "./duties.ts";
import type { TellingContent, Told } from "./telling-row.ts";

/** How somebody in the register is reached; nothing of one whose details no second person has approved. */
export interface Reach {
  readonly name: string;
  readonly email: string | null;
  readonly postalAddress: readonly string[];
}

export interface TellingReminder {
  readonly tellingId: Uuid;
  /** As 2026-02-28. */
  readonly dueOn: string;
}

/** What else is written by the same commit when somebody was told: the row of whatever it follows from. */
export interface Beside {
  readonly rows: readonly RowChange[];
  readonly index: (tx: Transaction) => Promise<void>;
}

export interface Served {
  /** The kinds of rows that `beside` reads. */
  readonly reads: readonly string[];
  /** Under the lock of the customer's rows. */
  readonly beside: (
    live: LiveRows,
    of: Pick<TellingContent, "of" | "servesId"> & { readonly tellingId: Uuid; readonly told: Told },
  ) => Beside;
}

export interface TellingsContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly clocks: Pick<Clocks, "after">;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly mail: Pick<Mail, "put" | "canSend" | "addressOf" | "isWaiting" | "tellProofs">;
  readonly letters: Pick<Letters, "enqueue" | "letter">;
  readonly rules: TellingRules;
  /** Null where the register does not say, or says that it may not be written to. */
  readonly reachOf: (recipientId: Uuid) => Promise<Reach | null>;
  /** The customer as whom a principal signs in; null for all others. */
  readonly customerOf: (principalId: Uuid) => Promise<Uuid | null>;
  /** Whether somebody of the customer's house may not learn anything by mail or letter: a protection order. */
  readonly isProtected: (customerId: Uuid) => Promise<boolean>;
  /** What it follows from; asked when it is needed, since that in turn is handed tellings. */
  readonly served: () => Served;
  /** Writes to the office. Never fails. */
  readonly remind: (reminder: TellingReminder) => void;
  readonly onFailure: (error: unknown) => void;
  readonly onAnomaly: (anomaly: {
    readonly row: "telling";
    readonly code: "missing" | "aged" | "extra";
    readonly id: string;
  }) => void;
}
