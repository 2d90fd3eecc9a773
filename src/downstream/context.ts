// What the verbs of this domain are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";

export interface DownstreamSettings {
  /** Certificate authorities besides the system's; null for those alone. */
  readonly ca: string | null;
  readonly isPrivateAllowed: boolean;
  /** How long an answer may take. */
  readonly stallMs: number;
  /** When it is tried again after each failure; over with the last. */
  readonly scheduleSeconds: readonly number[];
}

export interface DownstreamContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "authorityMac" | "verifyAuthorityMac">;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Pick<Ledger, "tail" | "origin">;
  readonly areOnePerson: (one: Uuid, other: Uuid) => Promise<boolean>;
  readonly settings: DownstreamSettings;
  /** Told of what is tried again: codes only. */
  readonly onFailure: (failure: unknown) => void;
}

/** As Standard Webhooks suggests: at once, and then for about three days. */
export const SCHEDULE_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
