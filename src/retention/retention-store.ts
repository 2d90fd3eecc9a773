// SQL of retention: when units closed, and when somebody last had to do with a customer.
import { asCode, type Uuid } from "../kernel/bytes.ts";
import { named, sql } from "../postgres/sql.ts";
import type { Querier } from "../postgres/database.ts";

/** When each of these entries was written, by its id. */
export async function selectTimes(on: Querier, acts: readonly Uuid[]): Promise<ReadonlyMap<string, Date>> {
  if (acts.length === 0) return new Map();
  const rows = await on.query<{ act: string; at: Date }>(
    named(
      "retention-times",
      sql`select e.entry_id as act, e.at from ledger_entry e where e.log_shard = 0 and e.entry_id = any(${acts}::uuid[])`,
    ),
  );
  return new Map(rows.map(({ act, at }) => [act, at]));
}

/** What is about a customer and is no work with or for them: else a preview or a hold would put the end off. */
const QUIET = [
  "retention",
  "hold",
  "erasure",
  "erasure-final",
  "search",
  "ledger-read",
  "opening-read",
  "accounting-read",
  "flag-read",
  "link-read",
  "match-read",
  "match-decision",
  "review",
  "alert",
].map(asCode);

/** The newest entry about each that is anything else, refusals left out. Absent where there is none. */
export async function selectLastContacts(on: Querier, customerIds: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Date>> {
  if (customerIds.length === 0) return new Map();
  const rows = await on.query<{ customerId: Uuid; at: Date | null }>(
    named(
      "retention-last-contacts",
      sql`select i.customer_id as "customerId", greatest(
          (select e.at from ledger_entry e where e.customer_id = i.customer_id and e.log_shard = 0 and e.outcome <> 'denied'
            and e.kind <> all(${QUIET}::text[]) order by e.index desc limit 1),
          (select s.at from ledger_subject s join ledger_entry e on e.log_shard = s.log_shard and e.index = s.index
            where s.log_shard = 0 and s.customer_id = i.customer_id and s.outcome <> 'denied' and e.kind <> all(${QUIET}::text[])
            order by s.index desc limit 1)) as at
        from unnest(${customerIds}::uuid[]) as i (customer_id)`,
    ),
  );
  return new Map(rows.flatMap(({ customerId, at }) => (at === null ? [] : [[customerId, at] as const])));
}
