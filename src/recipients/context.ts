// What the register of recipients is handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database } from "../postgres/database.ts";

export interface RecipientsContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  /** Whether several principals are one person. */
  readonly areOnePerson: (one: Uuid, other: Uuid) => Promise<boolean>;
}
