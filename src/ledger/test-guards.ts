// For tests: the rows whose revisions guard a decision, with no more than sequencing reads of them.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { script, sql } from "../postgres/sql.ts";

/** Frees the authority tables of what other domains demand of them: here only id and revision matter. */
export async function openGuardTables(owner: Querier): Promise<void> {
  await owner.query(
    script(`do $$
declare
  r record;
begin
  for r in select conrelid::regclass as t, conname from pg_constraint
    where contype = 'c' and conrelid in ('principal'::regclass, 'customer'::regclass, 'policy_state'::regclass)
  loop
    execute format('alter table %s drop constraint %I', r.t, r.conname);
  end loop;
  for r in select attrelid::regclass as t, attname from pg_attribute
    where attrelid in ('principal'::regclass, 'customer'::regclass, 'policy_state'::regclass) and attnum > 0 and attnotnull
      and attname not in ('principal_id', 'customer_id', 'id')
  loop
    execute format('alter table %s alter column %I drop not null', r.t, r.attname);
  end loop;
end $$`),
  );
}

export async function setPrincipal(on: Querier, id: Uuid, revision: number): Promise<void> {
  await on.query(sql`insert into principal (principal_id, revision) values (${id}, ${revision})
    on conflict (principal_id) do update set revision = excluded.revision`);
}

export async function setCustomer(on: Querier, id: Uuid, revision: number): Promise<void> {
  await on.query(sql`insert into customer (customer_id, revision) values (${id}, ${revision})
    on conflict (customer_id) do update set revision = excluded.revision`);
}

export async function setPolicy(on: Querier, revision: number): Promise<void> {
  await on.query(sql`insert into policy_state (id, revision) values (1, ${revision})
    on conflict (id) do update set revision = excluded.revision`);
}
