// What feeds are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database } from "../postgres/database.ts";
import type { Registry } from "../vault/vault.ts";

export interface FeedsContext {
  readonly database: Database;
  readonly access: Pick<Access, "write">;
  readonly authority: AuthorityRows;
  readonly clock: Clock;
  readonly registry: Registry;
  /** Names of governance/mappings/. */
  readonly taken: ReadonlySet<string>;
}
