// SQL that walks whole authority tables in order of their keys, for verification and for renewing MACs.
import type { PublicBytes, Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { AssignmentRow } from "./assignment-row.ts";
import type { AssignmentKey } from "./assignment-store.ts";

const NIL = "00000000-0000-0000-0000-000000000000" as Uuid;

/** Assignments in any state after `after`, in order of (customer, assignment). */
export async function scanAssignments(
  on: Querier,
  after: AssignmentKey | null,
  limit: number,
): Promise<AssignmentRow[]> {
  return on.query<AssignmentRow>(
    sql`select * from assignment
        where (customer_id, assignment_id) > (${after?.customerId ?? NIL}::uuid, ${after?.assignmentId ?? NIL}::uuid)
        order by customer_id, assignment_id limit ${limit}`,
  );
}

/** The same rows again, which are those of locked customers. */
export async function reselectAssignments(tx: Transaction, keys: readonly AssignmentKey[]): Promise<AssignmentRow[]> {
  return tx.query<AssignmentRow>(
    sql`select a.* from assignment a
        join unnest(${keys.map((key) => key.customerId)}::uuid[], ${keys.map((key) => key.assignmentId)}::uuid[])
          as k (customer_id, assignment_id) using (customer_id, assignment_id)`,
  );
}

/** Customers after `after`, in order of id, each with the key version of its sealed state, null when it has none. */
export async function scanCustomers(
  on: Querier,
  after: Uuid | null,
  limit: number,
): Promise<{ readonly customerId: Uuid; readonly keyVersion: number | null }[]> {
  const rows = await on.query<{ customer_id: string; key_version: Buffer }>(
    sql`select customer_id, substring(authority from 2 for 4) as key_version from customer
        where customer_id > ${after ?? NIL}::uuid order by customer_id limit ${limit}`,
  );
  return rows.map((row) => ({
    customerId: asId(row.customer_id),
    keyVersion: row.key_version.length === 4 ? row.key_version.readUInt32BE() : null,
  }));
}

export function keyOfRow(row: Pick<AssignmentRow, "customer_id" | "assignment_id">): AssignmentKey {
  return { customerId: asId(row.customer_id), assignmentId: asId(row.assignment_id) };
}

/** MACs begin with four bytes of key version, sealed envelopes with one byte of format and then those four. */
export async function selectVersionUsed(on: Querier, version: PublicBytes): Promise<boolean> {
  const rows = await on.query<{ used: boolean }>(
    sql`select exists (select from principal where substring(mac from 1 for 4) = ${version} or substring(name from 2 for 4) = ${version})
          or exists (select from assignment where substring(mac from 1 for 4) = ${version})
          or exists (select from policy_state where substring(mac from 1 for 4) = ${version})
          or exists (select from customer where substring(authority from 2 for 4) = ${version}) as used`,
  );
  return rows[0]?.used !== false;
}
