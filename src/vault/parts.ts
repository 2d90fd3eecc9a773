// What the verbs of the vault are handed.
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
}
