// SQL that looks for what a sweep should have removed: rows of customers and units that were erased.
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { ErasedPlace } from "./sweep-store.ts";

/** Those of these of which a row still stands, beside the customer's own and a unit's that says it is erased. */
export async function readRemains(on: Querier, places: readonly ErasedPlace[]): Promise<ErasedPlace[]> {
  const inPlace = sql`x.customer_id = i.customer_id and (i.unit_id is null or x.unit_id = i.unit_id)`;
  return on.query<ErasedPlace>(
    sql`select i.customer_id as "customerId", i.unit_id as "unitId"
      from unnest(${places.map(({ customerId }) => customerId)}::uuid[], ${places.map(({ unitId }) => unitId)}::uuid[])
        as i (customer_id, unit_id)
      where exists (select from record x where ${inPlace}) or exists (select from record_history x where ${inPlace})
        or exists (select from unit_key x where ${inPlace}) or exists (select from document_part x where ${inPlace})
        or exists (select from source_key x where ${inPlace}) or exists (select from customer_link x where ${inPlace})
        or i.unit_id is null and (
          exists (select from search_token x where x.customer_id = i.customer_id)
          or exists (select from retention_unit x where x.customer_id = i.customer_id)
          or exists (select from match_suggestion x where x.customer_id = i.customer_id or x.other_customer_id = i.customer_id))`,
  );
}
