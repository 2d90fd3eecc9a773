// What the verbs of this domain are handed.
import type { Clock } from "../kernel/clock.ts";
import type { HighWater } from "../kernel/high-water.ts";
import type { VerifiedRows } from "../kernel/verified-rows.ts";
import type { LiveRows } from "./live-rows.ts";
import type { SealingKeys } from "./seal.ts";
import type { JoinedRow } from "./store.ts";

/** Something stored that grants nothing because it does not verify: ids and codes only. */
export interface RowAnomaly {
  readonly code: "forged" | "rolled-back";
  readonly row: "granted" | "holder";
  readonly id: string;
}

export interface AuthorityRowsContext {
  readonly keys: SealingKeys;
  readonly clock: Clock;
  readonly seenHeads: HighWater;
  readonly verified: VerifiedRows<JoinedRow, LiveRows>;
  readonly report: (anomaly: RowAnomaly) => void;
}
