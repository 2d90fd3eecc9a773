// What the import's verbs are handed.
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { SealedRecord, SealJob, UnitReach, Vault, WriteActor } from "../vault/vault.ts";
import type { Mapping } from "./mapping.ts";
import type { HoldsBack, PlanTools } from "./plan-batch.ts";

/** Who sends a feed, and into which legal entities and lines it may write. */
export interface Sender {
  readonly actor: WriteActor;
  readonly within: UnitReach;
  /** What may not be said of customers who are known already; null: anything (governance/access/changes.yaml). */
  readonly holdsBack: HoldsBack | null;
  /** The whole file comes at once, and is taken only where it is the one that was announced: somebody else has approved that one. */
  readonly isWhole: boolean;
}

export interface ImportParts {
  readonly database: Database;
  readonly keys: Pick<Keys, "prepareBuckets" | "sealUnder" | "openUnder" | "standing" | "keyedDigest" | "digestCovers">;
  readonly ledger: Pick<Ledger, "appendIn">;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly mappings: ReadonlyMap<string, Mapping>;
  /** Those that people made and others approved. A name of `mappings` is never one of them. */
  readonly made: () => Promise<ReadonlyMap<string, Mapping>>;
  /** Seals a batch's records, on all cores where there are several. */
  readonly seal: (jobs: readonly SealJob[]) => Promise<readonly SealedRecord[]>;
  readonly planTools: () => Omit<PlanTools, "holdsBack" | "origin">;
}
