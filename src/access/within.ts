// The transaction and the actor a write happens within.
import type { Uuid } from "../kernel/bytes.ts";
import type { Transaction } from "../postgres/database.ts";
import type { WrittenRow } from "./act.ts";
import type { Actor } from "./principal.ts";

export interface Within {
  readonly tx: Transaction;
  readonly actor: Actor;
  /**
   * Further writes of the caller (an idempotency key with the ids just made), run after this domain's own and before the ledger's entry,
   * which must come last.
   */
  readonly also?: AlsoWrite | undefined;
  /** Rows of another domain that belong to the same act (a new client's keys), which its entry names with its own. */
  readonly grants?: GrantWrite | undefined;
}

export type GrantWrite = (granting: {
  readonly tx: Transaction;
  /** The entry that will say so. */
  readonly act: Uuid;
  readonly principalId: Uuid;
}) => Promise<readonly WrittenRow[]>;

export type AlsoWrite = (tx: Transaction, ids: readonly Uuid[]) => Promise<void>;
