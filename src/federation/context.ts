// What the verbs of this domain are handed.
import type { Access, Actor } from "../access/access.ts";
import type { AuthorityRows, RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Role } from "../kernel/vocabulary.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { Sessions } from "../signin/signin.ts";
import type { Federation } from "./mapping.ts";

/** Somebody who acts here, as the directory has them: told whenever it made, renamed or moved them, and again where nothing of it changed. */
export interface DirectoryEntry {
  readonly principalId: Uuid;
  /** Whom they acted as before, if anybody. */
  readonly before: Uuid | null;
  readonly givenName: string;
  readonly familyName: string;
  readonly emails: readonly string[];
}

export interface FederationContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest" | "sealUnder" | "openUnder">;
  readonly ledger: Pick<Ledger, "append">;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly federation: Federation;
  /** Says who asked for somebody in a role that takes a second person; null for every other. */
  readonly registration: (role: Role, requestedBy: Uuid) => RowChange | null;
  /** For who compares staff with customers. What it throws, the directory is told: it will say the same again. */
  readonly onEntry: (entry: DirectoryEntry, actor: Actor) => Promise<void>;
}
