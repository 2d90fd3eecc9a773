// What reports are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";

export interface ReportsContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  /** One person, or one in the other's line. */
  readonly areTied: (one: Uuid, other: Uuid) => Promise<boolean>;
}
