// SQL that finds rows whose MAC or seal stands under another authority key than the newest.
import type { PublicBytes } from "../kernel/bytes.ts";
import type { Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { CustomerRow } from "./customer-store.ts";
import type { LinkRow } from "./link-store.ts";
import { LINK_COLUMNS } from "./link-store.ts";
import type { MatchRow } from "./match-store.ts";
import { MATCH_COLUMNS } from "./match-store.ts";
import type { SourceRow } from "./source-store.ts";
import { SOURCE_COLUMNS } from "./source-store.ts";
import type { UnitRow } from "./unit-header.ts";
import { UNIT_COLUMNS } from "./unit-store.ts";

const RENEW_BATCH_ROWS = 500;

// A MAC begins with its key's version (u32be), an envelope with u8 format and then the version. All rows come locked.

export function lockCustomersUnder(tx: Transaction, newest: PublicBytes): Promise<CustomerRow[]> {
  return tx.query<CustomerRow>(
    sql`select c.customer_id as "customerId", c.log_shard as "logShard", c.revision, c.act, c.authority from customer c
      where substring(c.authority from 2 for 4) <> ${newest} order by c.customer_id limit ${RENEW_BATCH_ROWS} for update`,
  );
}

export function lockUnitsUnder(tx: Transaction, newest: PublicBytes): Promise<UnitRow[]> {
  return tx.query<UnitRow>(
    sql`select ${UNIT_COLUMNS} from retention_unit u where substring(u.mac from 1 for 4) <> ${newest}
      order by u.customer_id, u.unit_id limit ${RENEW_BATCH_ROWS} for update`,
  );
}

export function lockLinksUnder(tx: Transaction, newest: PublicBytes): Promise<LinkRow[]> {
  return tx.query<LinkRow>(
    sql`select ${LINK_COLUMNS} from customer_link l where substring(l.mac from 1 for 4) <> ${newest}
      order by l.customer_id, l.link_id limit ${RENEW_BATCH_ROWS} for update`,
  );
}

export function lockSourcesUnder(tx: Transaction, newest: PublicBytes): Promise<SourceRow[]> {
  return tx.query<SourceRow>(
    sql`select ${SOURCE_COLUMNS} from source_key s where substring(s.mac from 1 for 4) <> ${newest}
      order by s.token limit ${RENEW_BATCH_ROWS} for update`,
  );
}

/** Decided ones; the others carry none. */
export function lockMatchesUnder(tx: Transaction, newest: PublicBytes): Promise<MatchRow[]> {
  return tx.query<MatchRow>(
    sql`select ${MATCH_COLUMNS} from match_suggestion m where m.mac is not null and substring(m.mac from 1 for 4) <> ${newest}
      order by m.customer_id, m.other_customer_id, m.reason limit ${RENEW_BATCH_ROWS} for update`,
  );
}
