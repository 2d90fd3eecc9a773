// The address of somebody who was ended for good, free for whoever is made anew: it leaves the old account, which stays ended.
import { PERSONNEL, putRow, type RowChange, type WrittenAuthority } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Transaction } from "../postgres/database.ts";
import { ACCOUNT, findAccount } from "./account.ts";
import type { SignInContext } from "./context.ts";
import { SignInError } from "./errors.ts";

/**
 * Null where nobody had the address. INVARIANT: only an end that verifies frees it, and no step leads back from one (`set-client-status.ts`), so that
 * two who can sign in never share an address, whatever somebody wrote into the database. Throws SignInError `email-taken`.
 */
export async function formerHolder(context: SignInContext, email: string): Promise<Uuid | null> {
  const account = await findAccount(context, email);
  if (account === null) return null;
  const holder = await context.access.describePrincipal(account.ownerId);
  if (holder?.status !== "revoked") throw new SignInError("email-taken");
  return account.ownerId;
}

export interface Left {
  readonly written: readonly WrittenAuthority[];
  /** For the new principal: one person whatever they act as, so that nobody comes back to approve what they asked for before. */
  readonly known: readonly RowChange[];
}

export const NOTHING_LEFT: Left = { written: [], known: [] };

/** The old account keeps its content and is found by nothing any more. The older id's rows are locked before those of the new one. */
export async function leaveAddress(
  { authority, clock }: SignInContext,
  tx: Transaction,
  { former, act }: { readonly former: Uuid; readonly act: Uuid },
): Promise<Left> {
  let known: readonly RowChange[] = [];
  const written = await authority.change(tx, {
    ownerId: former,
    act,
    reads: [ACCOUNT.kind, PERSONNEL.kind],
    make: (live) => {
      known = live.of(PERSONNEL, clock.now()).map((row) => putRow(PERSONNEL, { rowId: newId(), content: row.content }));
      return live.of(ACCOUNT, clock.now()).map((account) => putRow(ACCOUNT, { ...account, lookup: null }));
    },
  });
  return { written, known };
}
