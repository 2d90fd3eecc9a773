// All SQL about principals.
import { asCode, type Token, type Uuid } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import { classMask, type PrincipalRow, type StoredPrincipal } from "./principal-row.ts";

export async function selectPrincipal(on: Querier, principalId: Uuid): Promise<PrincipalRow | null> {
  const statement = named("access-principal", sql`select * from principal where principal_id = ${principalId}`);
  return (await on.query<PrincipalRow>(statement))[0] ?? null;
}

/** The same, locked until the transaction ends. */
export async function lockPrincipal(tx: Transaction, principalId: Uuid): Promise<PrincipalRow | null> {
  const rows = await tx.query<PrincipalRow>(
    sql`select * from principal where principal_id = ${principalId} for update`,
  );
  return rows[0] ?? null;
}

export async function selectSystemPrincipal(on: Querier): Promise<PrincipalRow | null> {
  return (await on.query<PrincipalRow>(sql`select * from principal where kind = 'system'`))[0] ?? null;
}

/** Locks the system row, which serialises bootstraps; null while there is none. */
export async function lockSystemPrincipal(tx: Transaction): Promise<PrincipalRow | null> {
  return (await tx.query<PrincipalRow>(sql`select * from principal where kind = 'system' for update`))[0] ?? null;
}

/** Whether there is any client or member of staff. */
export async function anyWorker(on: Querier): Promise<boolean> {
  const rows = await on.query<{ found: boolean }>(
    sql`select exists (select from principal where kind in ('client', 'staff')) as found`,
  );
  return rows[0]?.found === true;
}

export async function selectCustomerPrincipal(on: Querier, customerId: Uuid): Promise<PrincipalRow | null> {
  const rows = await on.query<PrincipalRow>(
    sql`select * from principal where kind = 'customer' and customer_id = ${customerId}`,
  );
  return rows[0] ?? null;
}

/** A page in order of id, starting after `after`; `workers` leaves out customers, of whom there may be millions. */
export async function selectPrincipals(
  on: Querier,
  page: { readonly of: "everyone" | "workers"; readonly after: Uuid | null; readonly limit: number },
): Promise<PrincipalRow[]> {
  const { of, after, limit } = page;
  return on.query<PrincipalRow>(
    sql`select * from principal where (${of === "everyone"} or kind <> 'customer') and (${after}::uuid is null or principal_id > ${after})
        order by principal_id limit ${limit}`,
  );
}

export async function selectPendingPrincipals(on: Querier, limit: number): Promise<PrincipalRow[]> {
  return on.query<PrincipalRow>(
    sql`select * from principal where status = 'pending' order by principal_id limit ${limit}`,
  );
}

export async function selectPrincipalsById(on: Querier, principalIds: readonly Uuid[]): Promise<PrincipalRow[]> {
  return on.query<PrincipalRow>(sql`select * from principal where principal_id = any(${principalIds}::uuid[])`);
}

/** False when the system principal, or the one of this customer, was there already, made by another process. */
export async function insertPrincipal(tx: Transaction, principal: StoredPrincipal, mac: Token): Promise<boolean> {
  const rows = await tx.query(
    sql`insert into principal (principal_id, kind, role, customer_id, name, purposes, row_scope, groups, entities, lines, class_ceiling, secret,
          status, expires_at, revision, act, mac)
        values (${principal.principalId}, ${asCode(principal.kind)}, ${asCode(principal.role)}, ${principal.customerId}, ${principal.name},
          ${principal.purposes.map(asCode)}, ${asCode(principal.rowScope)}, ${principal.groups}, ${principal.entities.map(asCode)},
          ${principal.lines.map(asCode)}, ${classMask(principal.classCeiling)}, ${principal.secret}, ${asCode(principal.status)},
          ${principal.expiresAt}, ${principal.revision}, ${principal.act}, ${mac})
        on conflict do nothing
        returning 1 as made`,
  );
  return rows.length === 1;
}

export async function updatePrincipal(tx: Transaction, principal: StoredPrincipal, mac: Token): Promise<void> {
  await tx.query(
    sql`update principal set name = ${principal.name}, purposes = ${principal.purposes.map(asCode)},
          row_scope = ${asCode(principal.rowScope)}, groups = ${principal.groups}, entities = ${principal.entities.map(asCode)},
          lines = ${principal.lines.map(asCode)}, class_ceiling = ${classMask(principal.classCeiling)}, secret = ${principal.secret},
          status = ${asCode(principal.status)}, expires_at = ${principal.expiresAt}, revision = ${principal.revision},
          act = ${principal.act}, mac = ${mac}
        where principal_id = ${principal.principalId}`,
  );
}
