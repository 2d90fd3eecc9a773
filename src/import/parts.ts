// What the import's verbs are handed.
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { SealedRecord, SealJob, Vault } from "../vault/vault.ts";
import type { Mapping } from "./mapping.ts";
import type { PlanTools } from "./plan-batch.ts";

export interface ImportParts {
  readonly database: Database;
  readonly keys: Pick<Keys, "sealUnder" | "openUnder" | "keyedDigest">;
  readonly ledger: Pick<Ledger, "appendIn">;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly mappings: ReadonlyMap<string, Mapping>;
  /** Seals a batch's records, on all cores where there are several. */
  readonly seal: (jobs: readonly SealJob[]) => Promise<readonly SealedRecord[]>;
  readonly planTools: () => PlanTools;
}
