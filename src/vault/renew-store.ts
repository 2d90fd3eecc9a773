// SQL that finds rows whose MAC or seal stands under another authority key than the newest.
import type { PublicBytes } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { CustomerRow } from "./customer-store.ts";
import type { LinkRow } from "./link-store.ts";
import { LINK_COLUMNS } from "./link-store.ts";
import type { MatchRow } from "./match-store.ts";
import { MATCH_COLUMNS } from "./match-store.ts";
import type { CoveredSource, CoverKeys, StoredSource } from "./source-store.ts";
import { SOURCE_COLUMNS, uncoverSources } from "./source-store.ts";
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

export async function lockSourcesUnder(tx: Transaction, keys: CoverKeys, newest: PublicBytes): Promise<StoredSource[]> {
  const rows = await tx.query<CoveredSource>(
    sql`select ${SOURCE_COLUMNS} from source_key s where substring(s.mac from 1 for 4) <> ${newest}
      order by s.token limit ${RENEW_BATCH_ROWS} for update`,
  );
  return uncoverSources(keys, rows);
}

/** Decided ones; the others carry none. */
export function lockMatchesUnder(tx: Transaction, newest: PublicBytes): Promise<MatchRow[]> {
  return tx.query<MatchRow>(
    sql`select ${MATCH_COLUMNS} from match_suggestion m where m.mac is not null and substring(m.mac from 1 for 4) <> ${newest}
      order by m.customer_id, m.other_customer_id, m.reason limit ${RENEW_BATCH_ROWS} for update`,
  );
}

/** Whether any row of the vault carries a MAC or seal of this version of the authority key. */
export async function selectAuthorityVersionUsed(on: Querier, version: PublicBytes): Promise<boolean> {
  const [row] = await on.query<{ used: boolean }>(
    sql`select exists (select from customer where substring(authority from 2 for 4) = ${version})
          or exists (select from retention_unit where substring(mac from 1 for 4) = ${version})
          or exists (select from customer_link where substring(mac from 1 for 4) = ${version})
          or exists (select from source_key where substring(mac from 1 for 4) = ${version})
          or exists (select from match_suggestion where substring(mac from 1 for 4) = ${version}) as used`,
  );
  return row?.used !== false;
}

export async function selectIndexVersionUsed(on: Querier, version: number): Promise<boolean> {
  const [row] = await on.query<{ used: boolean }>(
    sql`select exists (select from search_token where key_version = ${version}) as used`,
  );
  return row?.used !== false;
}
