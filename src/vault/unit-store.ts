// SQL of retention units.
import type { Code, Uuid } from "../kernel/bytes.ts";
import { asCode } from "../kernel/bytes.ts";
import type { Transaction } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import { concatenated } from "./concatenated.ts";
import type { UnitRow } from "./unit-header.ts";

export const UNIT_COLUMNS = sql`u.customer_id as "customerId", u.unit_id as "unitId", u.kind, u.entity, u.brand, u.line, u.book, u.status,
  u.revision, u.act, u.mac`;

export async function insertUnits(tx: Transaction, rows: readonly UnitRow[]): Promise<void> {
  if (rows.length === 0) return;
  const codes = (pick: (row: UnitRow) => string): Code[] => rows.map((row) => asCode(pick(row)));
  const macs = concatenated(rows.map((row) => row.mac));
  await tx.query(
    named(
      "vault-insert-units",
      sql`with data as (select ${macs.bytes}::bytea as macs)
      insert into retention_unit (customer_id, unit_id, kind, entity, brand, line, book, status, revision, act, mac)
      select i.customer_id, i.unit_id, i.kind, i.entity, i.brand, i.line, i.book, i.status, i.revision, i.act,
        substring(data.macs from i.mac_at for i.mac_size)
      from data, unnest(${rows.map((row) => row.customerId)}::uuid[], ${rows.map((row) => row.unitId)}::uuid[],
        ${codes((row) => row.kind)}::text[], ${codes((row) => row.entity)}::text[], ${codes((row) => row.brand)}::text[],
        ${codes((row) => row.line)}::text[], ${rows.map((row) => row.book)}::uuid[], ${codes((row) => row.status)}::text[],
        ${rows.map((row) => row.revision)}::bigint[], ${rows.map((row) => row.act)}::uuid[],
        ${macs.starts}::integer[], ${macs.sizes}::integer[])
        as i (customer_id, unit_id, kind, entity, brand, line, book, status, revision, act, mac_at, mac_size)`,
    ),
  );
}

/** Locked until the transaction ends. The MAC is not yet verified. */
export async function lockUnit(tx: Transaction, customerId: Uuid, unitId: Uuid): Promise<UnitRow | null> {
  const rows = await tx.query<UnitRow>(
    sql`select ${UNIT_COLUMNS} from retention_unit u where u.customer_id = ${customerId} and u.unit_id = ${unitId} for update`,
  );
  return rows[0] ?? null;
}

/** Shared with other writers of their records until the transaction ends. MACs are not yet verified. */
export async function readUnitsById(
  tx: Transaction,
  places: readonly { readonly customerId: Uuid; readonly unitId: Uuid }[],
): Promise<UnitRow[]> {
  return tx.query<UnitRow>(
    sql`select ${UNIT_COLUMNS} from retention_unit u
      join unnest(${places.map((place) => place.customerId)}::uuid[], ${places.map((place) => place.unitId)}::uuid[])
        as i (customer_id, unit_id) on u.customer_id = i.customer_id and u.unit_id = i.unit_id
      order by u.customer_id, u.unit_id for share of u`,
  );
}

export async function updateUnit(tx: Transaction, row: UnitRow): Promise<void> {
  await tx.query(
    sql`update retention_unit set book = ${row.book}, status = ${asCode(row.status)}, revision = ${row.revision}, act = ${row.act},
      mac = ${row.mac}
      where customer_id = ${row.customerId} and unit_id = ${row.unitId}`,
  );
}
