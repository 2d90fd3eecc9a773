// What the verbs of the watch are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";
import type { WatchRules } from "./rules.ts";

/** For metrics and logs: ids and codes only. */
export interface RaisedAlert {
  readonly alertId: Uuid;
  readonly principalId: Uuid;
  readonly theme: string;
  readonly rules: readonly string[];
  readonly isNew: boolean;
  readonly isSuspended: boolean;
}

export interface WatchContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly ledger: Pick<Ledger, "size" | "lookDays" | "looks" | "followLooks">;
  readonly access: Pick<Access, "write" | "system" | "setClientStatus" | "authoritiesOf" | "isActor">;
  readonly authority: AuthorityRows;
  readonly vault: Pick<Vault, "search" | "sharingSurname" | "links" | "registry">;
  readonly clock: Clock;
  readonly rules: WatchRules;
  readonly onAlert: (alert: RaisedAlert) => void;
  readonly onFailure: (failure: unknown) => void;
}
