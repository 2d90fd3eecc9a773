// What sessions are opened with, and what may be written in one act with them.
import type { LiveRows, RowChange } from "../authority/authority.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";
import type { RowsContext } from "./write-rows.ts";

export interface SessionsContext extends RowsContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
}

/** What else is written of the same person in the same act: a factor that was used up, a device, a notice. */
export interface AlsoChange {
  readonly reads: readonly { readonly kind: string }[];
  readonly make: (live: LiveRows, now: Date) => readonly RowChange[];
}
