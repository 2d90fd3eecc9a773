// What the desk is handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Gate } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";
import type { Guidance } from "./guidance.ts";

export interface EthicsContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly vault: Pick<Vault, "sealWaiting" | "loadForDecision">;
  readonly gate: Pick<Gate, "readWaiting">;
  readonly guidance: readonly Guidance[];
  /** One person, or one in the other's line. */
  readonly areTied: (one: Uuid, other: Uuid) => Promise<boolean>;
}
