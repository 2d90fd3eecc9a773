// What the verbs of this domain are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { Sessions } from "../signin/signin.ts";
import type { Federation } from "./mapping.ts";

export interface FederationContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest" | "sealUnder" | "openUnder">;
  readonly ledger: Pick<Ledger, "append">;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly federation: Federation;
}
