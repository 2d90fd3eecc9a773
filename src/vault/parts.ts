// What the verbs of the vault are handed.
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { Registry } from "./schema/registry.ts";

export interface VaultParts {
  readonly database: Database;
  readonly keys: Keys;
  readonly registry: Registry;
  readonly ledger: Pick<Ledger, "appendIn">;
  readonly clock: Clock;
  /** The log to which new customers are pinned. */
  readonly logShard: number;
  /** Told of each stored row that the vault did not write, whenever it is met and left out. */
  readonly onForged?: (row: ForgedRow) => void;
}

/** `id`: of the unit, of the first of two customers, or of the customer whose links do not agree with its state. */
export interface ForgedRow {
  readonly row: "retention-unit" | "match" | "customer-link";
  readonly id: Uuid;
}
