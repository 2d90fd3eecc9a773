// All SQL about assignments and the sealed authority state of customers.
import { asCode, type Sealed, type Token, type Uuid } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import type { AssignmentRow, StoredAssignment } from "./assignment-row.ts";

export interface CustomerRow {
  readonly customer_id: string;
  readonly customer_revision: number;
  readonly customer_act: string;
  readonly authority: Uint8Array;
}

/** One row an open assignment; a customer without any has one row whose assignment columns are null. */
export type AuthorityRow = CustomerRow & (AssignmentRow | { readonly assignment_id: null; readonly mac: null });

/**
 * One statement, so that a customer's state and its assignments are of one moment. Looked up customer by customer (`offset 0` keeps the planner from
 * joining otherwise): a plan made while the table was small would go over everybody's assignments for each customer until the connection is replaced.
 */
export async function selectAuthorities(on: Querier, customerIds: readonly Uuid[]): Promise<AuthorityRow[]> {
  return on.query<AuthorityRow>(
    named(
      "access-authorities",
      sql`select c.customer_id, c.revision as customer_revision, c.act as customer_act, c.authority, a.assignment_id, a.assignee_id,
            a.unit_id, a.kind, a.state, a.starts_at, a.ends_at, a.revision, a.act, a.mac
          from customer c
          left join lateral (select * from assignment x where x.customer_id = c.customer_id and x.state = 'open' offset 0) a on true
          where c.customer_id = any(${customerIds}::uuid[])`,
    ),
  );
}

/** In order of id, so that two writers never wait for each other. What stands in the rows must be read afterwards. */
export async function lockCustomers(tx: Transaction, customerIds: readonly Uuid[]): Promise<void> {
  await tx.query(
    sql`select 1 from customer where customer_id = any(${customerIds}::uuid[]) order by customer_id for update`,
  );
}

/** In order of id. Their revisions, which stay as they are until the transaction ends. */
export async function holdCustomers(
  tx: Transaction,
  customerIds: readonly Uuid[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ customer_id: string; revision: number }>(
    sql`select customer_id, revision from customer where customer_id = any(${customerIds}::uuid[]) order by customer_id for share`,
  );
  return new Map(rows.map(({ customer_id, revision }) => [customer_id, revision]));
}

export interface CustomerUpdate {
  readonly customerId: Uuid;
  readonly revision: number;
  readonly act: Uuid;
  readonly authority: Sealed;
}

export async function updateCustomers(tx: Transaction, customers: readonly CustomerUpdate[]): Promise<void> {
  await tx.query(
    sql`update customer c set revision = u.revision, act = u.act, authority = u.authority
        from unnest(${customers.map((each) => each.customerId)}::uuid[], ${customers.map((each) => each.revision)}::bigint[],
          ${customers.map((each) => each.act)}::uuid[], ${customers.map((each) => each.authority)}::bytea[])
          as u (customer_id, revision, act, authority)
        where c.customer_id = u.customer_id`,
  );
}

/** Inserts new assignments and writes the new revision of others. */
export async function putAssignments(
  tx: Transaction,
  assignments: readonly { readonly assignment: StoredAssignment; readonly mac: Token }[],
): Promise<void> {
  const rows = assignments.map(({ assignment }) => assignment);
  await tx.query(
    sql`insert into assignment (customer_id, assignment_id, assignee_id, unit_id, kind, state, starts_at, ends_at, revision, act, mac)
        select * from unnest(${rows.map((row) => row.customerId)}::uuid[], ${rows.map((row) => row.assignmentId)}::uuid[],
          ${rows.map((row) => row.assigneeId)}::uuid[], ${rows.map((row) => row.unitId)}::uuid[],
          ${rows.map((row) => asCode(row.kind))}::text[], ${rows.map((row) => asCode(row.state))}::text[],
          ${rows.map((row) => row.startsAt)}::timestamptz[], ${rows.map((row) => row.endsAt)}::timestamptz[],
          ${rows.map((row) => row.revision)}::bigint[], ${rows.map((row) => row.act)}::uuid[],
          ${assignments.map(({ mac }) => mac)}::bytea[])
        on conflict (customer_id, assignment_id) do update
          set state = excluded.state, ends_at = excluded.ends_at, revision = excluded.revision, act = excluded.act, mac = excluded.mac`,
  );
}

/** Where an assignee has open assignments, in order of (customer, assignment), after `after`. */
export async function selectAssigned(
  on: Querier,
  assigneeIds: readonly Uuid[],
  page: { readonly after: AssignmentKey | null; readonly limit: number },
): Promise<{ customer_id: string; assignment_id: string }[]> {
  return on.query(
    sql`select customer_id, assignment_id from assignment
        where assignee_id = any(${assigneeIds}::uuid[]) and state = 'open' and (${page.after?.customerId ?? null}::uuid is null
          or (customer_id, assignment_id) > (${page.after?.customerId ?? null}::uuid, ${page.after?.assignmentId ?? null}::uuid))
        order by customer_id, assignment_id limit ${page.limit}`,
  );
}

export interface AssignmentKey {
  readonly customerId: Uuid;
  readonly assignmentId: Uuid;
}
