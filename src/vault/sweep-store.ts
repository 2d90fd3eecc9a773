// SQL that removes what erasure has made unreadable, a bounded number of rows a statement.
import type { Uuid } from "../kernel/bytes.ts";
import type { Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

/** What was erased: a customer, or one unit of theirs. */
export interface ErasedPlace {
  readonly customerId: Uuid;
  readonly unitId: Uuid | null;
}

/** Removes up to `limit` records with their history and tokens, and papers with theirs. Returns how many records went. */
export async function deleteRecords(tx: Transaction, place: ErasedPlace, limit: number): Promise<number> {
  const records = await tx.query<{ recordId: Uuid }>(
    sql`select record_id as "recordId" from record
      where customer_id = ${place.customerId} and (${place.unitId}::uuid is null or unit_id = ${place.unitId}::uuid) limit ${limit}`,
  );
  const ids = records.map((record) => record.recordId);
  if (ids.length === 0) return 0;
  await tx.query(
    sql`delete from search_token where customer_id = ${place.customerId} and record_id = any(${ids}::uuid[])`,
  );
  await tx.query(
    sql`delete from record_history where customer_id = ${place.customerId} and record_id = any(${ids}::uuid[])`,
  );
  await tx.query(sql`delete from document_part where record_id = any(${ids}::uuid[])`);
  await tx.query(sql`delete from record where customer_id = ${place.customerId} and record_id = any(${ids}::uuid[])`);
  return ids.length;
}

/** Removes source keys, and links with both their sides. */
export async function deleteKeysAndLinks(tx: Transaction, place: ErasedPlace): Promise<void> {
  const inPlace = sql`customer_id = ${place.customerId} and (${place.unitId}::uuid is null or unit_id = ${place.unitId}::uuid)`;
  await tx.query(sql`delete from source_key where ${inPlace}`);
  const links = await tx.query<{ linkId: Uuid; otherCustomerId: Uuid }>(
    sql`delete from customer_link where ${inPlace} returning link_id as "linkId", other_customer_id as "otherCustomerId"`,
  );
  if (links.length === 0) return;
  await tx.query(
    sql`delete from customer_link l
      using unnest(${links.map((link) => link.otherCustomerId)}::uuid[], ${links.map((link) => link.linkId)}::uuid[]) as i (customer_id, link_id)
      where l.customer_id = i.customer_id and l.link_id = i.link_id`,
  );
}

/** Of a whole customer also the units, the tokens and history without a record, and the suggestions. The customer's own row stays, sealed as erased. */
export async function deleteOfCustomer(tx: Transaction, customerId: Uuid): Promise<void> {
  await tx.query(sql`delete from search_token where customer_id = ${customerId}`);
  await tx.query(sql`delete from record_history where customer_id = ${customerId}`);
  await tx.query(
    sql`delete from match_suggestion where customer_id = ${customerId} or other_customer_id = ${customerId}`,
  );
  await tx.query(sql`delete from retention_unit where customer_id = ${customerId}`);
}
