// What every verb of this domain is handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { Sessions } from "../signin/signin.ts";
import type { Allowances } from "./allowances.ts";
import type { CeilingTable } from "./ceilings.ts";
import type { ClientFiles } from "./client-files.ts";

export interface SystemsSettings {
  /** Whether secrets that never change may be given out and used (`ubc_` tokens). */
  readonly staticSecrets: boolean;
  /** Whether clients of powerful roles, and keys to them, wait for a second person. */
  readonly approvals: boolean;
  /** Whether a certificate authority for clients was named, so that certificates may be known by their names. */
  readonly clientAuthority: boolean;
}

export interface SystemsContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "sealUnder" | "openUnder" | "keyedDigest">;
  readonly ledger: Pick<Ledger, "append">;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly sessions: Pick<Sessions, "authenticate" | "standing">;
  readonly settings: SystemsSettings;
  readonly ceilings: CeilingTable;
  readonly allowances: Allowances;
  readonly files: ClientFiles;
}
