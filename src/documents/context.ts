// What the keeping of papers is handed.
import type { Gate } from "../disclosure/disclosure.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";
import type { Clock } from "../kernel/clock.ts";

export interface DocumentsContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly vault: Pick<Vault, "create" | "prepare" | "sealWaiting" | "loadForDecision">;
  readonly gate: Pick<Gate, "disclose" | "readWaiting">;
}
