// SQL of units page by page, with the types of their records.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { UnitRow } from "./unit-header.ts";
import { UNIT_COLUMNS } from "./unit-store.ts";

export interface UnitTypes {
  readonly unitId: Uuid;
  readonly recordType: string;
  /** Entry ids are in the order of time (RFC 9562, version 7), so that the greatest is of the newest write. */
  readonly act: Uuid;
}

/** MACs are not yet verified. In order of customer and unit. */
export async function readUnitsOfNext(
  on: Querier,
  asked: { readonly after: Uuid | null; readonly limit: number } | { readonly only: Uuid },
): Promise<UnitRow[]> {
  const whose =
    "only" in asked
      ? sql`u.customer_id = ${asked.only}`
      : sql`u.customer_id in (select c.customer_id from customer c
          where (${asked.after}::uuid is null or c.customer_id > ${asked.after}::uuid)
            and exists (select from retention_unit e where e.customer_id = c.customer_id)
          order by c.customer_id limit ${asked.limit})`;
  return on.query<UnitRow>(
    sql`select ${UNIT_COLUMNS} from retention_unit u where ${whose} order by u.customer_id, u.unit_id`,
  );
}

export async function readRecordTypes(on: Querier, customerIds: readonly Uuid[]): Promise<UnitTypes[]> {
  return on.query<UnitTypes>(
    sql`select r.unit_id as "unitId", r.record_type as "recordType", max(r.act::text)::uuid as act from record r
      where r.customer_id = any(${customerIds}::uuid[]) group by r.unit_id, r.record_type order by r.unit_id, r.record_type`,
  );
}

export async function countUnits(on: Querier): Promise<number> {
  const rows = await on.query<{ count: number }>(
    sql`select count(*)::bigint as count from retention_unit where status <> 'erased'`,
  );
  return rows[0]?.count ?? 0;
}
