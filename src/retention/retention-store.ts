// SQL of retention: which entries say when somebody last had to do with a customer.
import { asCode, type Uuid } from "../kernel/bytes.ts";
import { named, sql } from "../postgres/sql.ts";
import type { Querier } from "../postgres/database.ts";

/** What is about a customer and is no work with or for them: else a preview or a hold would put the end off. */
export const QUIET: readonly string[] = [
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
];

export interface Contacts {
  readonly customerId: Uuid;
  /** The newest entry that names the customer itself, and the newest that names them among others. */
  readonly own: Uuid | null;
  readonly among: Uuid | null;
}

/** Of each, the newest entries about anything else, refusals left out. What the columns say of them is to be held against the seal. */
export async function selectLastContacts(on: Querier, customerIds: readonly Uuid[]): Promise<readonly Contacts[]> {
  if (customerIds.length === 0) return [];
  return on.query<Contacts>(
    named(
      "retention-last-contacts",
      sql`select i.customer_id as "customerId",
          (select e.entry_id from ledger_entry e where e.customer_id = i.customer_id and e.log_shard = 0 and e.outcome <> 'denied'
            and e.kind <> all(${QUIET.map(asCode)}::text[]) order by e.index desc limit 1) as own,
          (select e.entry_id from ledger_subject s join ledger_entry e on e.log_shard = s.log_shard and e.index = s.index
            where s.log_shard = 0 and s.customer_id = i.customer_id and s.outcome <> 'denied' and e.kind <> all(${QUIET.map(asCode)}::text[])
            order by s.index desc limit 1) as among
        from unnest(${customerIds}::uuid[]) as i (customer_id)`,
    ),
  );
}
