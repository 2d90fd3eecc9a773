// SQL of links between people.
import type { Token, Uuid } from "../kernel/bytes.ts";
import { asCode } from "../kernel/bytes.ts";
import type { LinkKind } from "../kernel/vocabulary.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

/** One of the two rows of a link, as its own customer sees it. */
export interface LinkSide {
  readonly customerId: Uuid;
  readonly linkId: Uuid;
  readonly otherCustomerId: Uuid;
  /** "from": this customer is the `kind` of the other. "to": the other is the `kind` of this one. */
  readonly side: "from" | "to";
  readonly kind: LinkKind;
  /** The policy or claim it is about, a unit of the `to` customer; null for household and the like. */
  readonly unitId: Uuid | null;
  readonly ended: boolean;
  readonly revision: number;
  readonly act: Uuid;
}

export interface LinkRow extends LinkSide {
  readonly mac: Token;
}

export const LINK_COLUMNS = sql`l.customer_id as "customerId", l.link_id as "linkId", l.other_customer_id as "otherCustomerId", l.side, l.kind,
  l.unit_id as "unitId", l.ended, l.revision, l.act, l.mac`;

export async function insertLink(tx: Transaction, row: LinkRow): Promise<void> {
  await tx.query(
    sql`insert into customer_link (customer_id, link_id, other_customer_id, side, kind, unit_id, ended, revision, act, mac)
      values (${row.customerId}, ${row.linkId}, ${row.otherCustomerId}, ${asCode(row.side)}, ${asCode(row.kind)}, ${row.unitId},
        ${row.ended}, ${row.revision}, ${row.act}, ${row.mac})`,
  );
}

export async function updateLink(tx: Transaction, row: LinkRow): Promise<void> {
  await tx.query(
    sql`update customer_link set ended = ${row.ended}, revision = ${row.revision}, act = ${row.act}, mac = ${row.mac}
      where customer_id = ${row.customerId} and link_id = ${row.linkId}`,
  );
}

/** Up to `limitEach` live links of each customer, in order of id. */
export async function readLiveLinks(on: Querier, customerIds: readonly Uuid[], limitEach: number): Promise<LinkRow[]> {
  return on.query<LinkRow>(
    sql`select ${LINK_COLUMNS} from unnest(${customerIds}::uuid[]) as q (customer_id)
      cross join lateral (
        select * from customer_link x where x.customer_id = q.customer_id and not x.ended order by x.link_id limit ${limitEach}) l`,
  );
}

export async function readLinks(
  on: Querier,
  customerIds: readonly Uuid[],
  page: { readonly only: Uuid | null; readonly after: Uuid | null; readonly limit: number },
): Promise<LinkRow[]> {
  return on.query<LinkRow>(
    sql`select ${LINK_COLUMNS} from customer_link l
      where l.customer_id = any(${customerIds}::uuid[]) and (${page.only}::uuid is null or l.link_id = ${page.only}::uuid)
        and (${page.after}::uuid is null or l.link_id > ${page.after}::uuid)
      order by l.link_id limit ${page.limit}`,
  );
}
