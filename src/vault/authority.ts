// A customer's authority state: opened, and written again one revision further whenever what decisions rest on has changed.
import type { Uuid } from "../kernel/bytes.ts";
import type { AuthorityState, Keys } from "../keys/keys.ts";
import { authorityDigest, KeysError, openAuthorityState, sealAuthorityState } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import type { CustomerRow } from "./customer-store.ts";
import { lockCustomers, shareCustomers, updateCustomer } from "./customer-store.ts";
import { VaultError } from "./errors.ts";
import type { AuthorityWrite } from "./written.ts";

type AuthorityKeys = Pick<Keys, "sealUnder" | "openUnder">;

const NO_ROWS = {
  assignmentsDigest: authorityDigest("assignments", []),
  linksDigest: authorityDigest("links", []),
} as const;

export interface NewCustomer {
  readonly customerId: Uuid;
  readonly kind: AuthorityState["kind"];
  readonly flags?: AuthorityState["flags"];
}

export function newCustomerRow(
  keys: AuthorityKeys,
  customer: NewCustomer,
  place: { logShard: number; act: Uuid },
): CustomerRow {
  const { customerId, kind, flags = [] } = customer;
  const row = { customerId, revision: 1, act: place.act };
  const state: AuthorityState = { kind, status: "active", flags, ...NO_ROWS };
  return { ...row, logShard: place.logShard, authority: sealAuthorityState(keys, row, state) };
}

/** Throws VaultError "forged" when the state was not sealed for this row's customer, revision and act. */
export function openAuthority(keys: Pick<Keys, "openUnder">, row: CustomerRow): AuthorityState {
  try {
    return openAuthorityState(keys, row, row.authority);
  } catch (error) {
    if (error instanceof KeysError && error.code === "does-not-open") {
      throw new VaultError("forged", "a customer's authority state was changed behind the vault's back");
    }
    throw error;
  }
}

/** Keeps these customers from being erased until the transaction ends. Throws VaultError "not-found", "erased", "forged". */
export async function holdCustomers(
  tx: Transaction,
  keys: AuthorityKeys,
  customerIds: readonly Uuid[],
): Promise<CustomerRow[]> {
  const wanted = [...new Set(customerIds)];
  const rows = await shareCustomers(tx, wanted);
  if (rows.length !== wanted.length) throw new VaultError("not-found", "no such customer");
  for (const row of rows) assertActive(openAuthority(keys, row));
  return rows;
}

/** What a customer's state becomes, given the revision it stood at; called while all the customers of the change are locked. */
export type NextState = (
  state: AuthorityState,
  customerId: Uuid,
  revision: number,
) => AuthorityState | Promise<AuthorityState>;

/**
 * Moves customers one revision further, so that decisions taken on the former state go stale (migrations/001-ledger.sql: the caller appends its
 * entry in the same transaction). In order of id. Throws VaultError "not-found", "erased", "forged".
 */
export async function changeAuthority(
  tx: Transaction,
  keys: AuthorityKeys,
  change: { readonly customerIds: readonly Uuid[]; readonly act: Uuid },
  next: NextState = (state) => state,
): Promise<AuthorityWrite[]> {
  const wanted = [...new Set(change.customerIds)];
  const rows = await lockCustomers(tx, wanted);
  if (rows.length !== wanted.length) throw new VaultError("not-found", "no such customer");
  const written: AuthorityWrite[] = [];
  for (const row of rows) {
    const state = openAuthority(keys, row);
    assertActive(state);
    const place = { customerId: row.customerId, revision: row.revision + 1, act: change.act };
    await updateCustomer(tx, {
      ...row,
      ...place,
      authority: sealAuthorityState(keys, place, await next(state, row.customerId, row.revision)),
    });
    written.push(customerWrite(place));
  }
  return written;
}

export function customerWrite(row: { readonly customerId: Uuid; readonly revision: number }): AuthorityWrite {
  return { row: "customer", id: row.customerId, customer: row.customerId, revision: row.revision, digest: null };
}

function assertActive(state: AuthorityState): void {
  if (state.status === "erased") throw new VaultError("erased", "this customer's information has been erased");
}
