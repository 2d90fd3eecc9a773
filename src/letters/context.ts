// What letters are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows, RowChange } from "../authority/authority.ts";
import type { Gate } from "../disclosure/disclosure.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";
import type { Preferences } from "../preferences/preferences.ts";
import type { Vault } from "../vault/vault.ts";
import type { LetterContent } from "./letter-row.ts";
import type { Letterhead } from "./letterhead.ts";

/** What is proven by posting a letter that delivers something. */
export interface DeliveryRows {
  /** A row of the customer's that says so; written with the letter's own. */
  posted(delivery: {
    readonly rowId: Uuid;
    readonly delivers: NonNullable<LetterContent["delivers"]>;
    readonly on: string;
    readonly by: Uuid;
  }): RowChange;
}

export interface LettersContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly vault: Pick<Vault, "sealWaiting" | "loadForDecision">;
  readonly gate: Pick<Gate, "readValues" | "readWaiting" | "useValues">;
  readonly preferences: Pick<Preferences, "read" | "place">;
  readonly letterhead: Letterhead;
  readonly delivery: DeliveryRows;
  readonly onAnomaly: (anomaly: {
    readonly row: "letter";
    readonly code: "missing" | "aged" | "extra";
    readonly id: string;
  }) => void;
}
