// What retention is handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";
import type { AskedLines } from "./judged.ts";
import type { RetentionRules } from "./rules.ts";

export interface RetentionContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly keys: Pick<Keys, "keyedDigest" | "erasure" | "erasureCertificate">;
  readonly ledger: Pick<Ledger, "append" | "appendIn" | "openedById" | "origin">;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly vault: Pick<
    Vault,
    "erase" | "loadHeaders" | "loadUnit" | "unitsAfter" | "unitsOf" | "countUnits" | "liveLinks"
  >;
  readonly rules: RetentionRules;
  /** What customers ask about under their rights, of those who ask for anything that is to be answered from what is kept. */
  readonly askedAbout: (customerIds: readonly Uuid[]) => Promise<ReadonlyMap<Uuid, AskedLines>>;
  /** Under whose law a legal entity holds data. */
  readonly jurisdictionOf: (entity: string) => string;
  /** Whether several principals are one person. */
  readonly areOnePerson: (one: Uuid, other: Uuid) => Promise<boolean>;
}
