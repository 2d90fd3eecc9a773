// The SQL of what stands of keys and indexes, in counts: no key and no token.
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { DomainKeyState, DomainName } from "./domain-key-store.ts";

export interface KeyVersion {
  readonly domain: DomainName;
  readonly version: number;
  readonly state: DomainKeyState;
  readonly createdAt: Date;
  readonly retiringAt: Date | null;
}

export interface KeysState {
  readonly versions: readonly KeyVersion[];
  /** Buckets by the version of their key. */
  readonly buckets: readonly { readonly version: number; readonly count: number }[];
  readonly erasures: { readonly waiting: number; readonly oldestAt: Date | null; readonly unswept: number };
}

export async function readKeysState(on: Querier): Promise<KeysState> {
  const versions = await on.query<KeyVersion>(
    sql`select domain, version, state, created_at as "createdAt", retiring_at as "retiringAt" from domain_key order by domain, version`,
  );
  const buckets = await on.query<{ version: number; count: number }>(
    sql`select version, count(*)::integer as count from key_bucket group by version order by version`,
  );
  const [erasures] = await on.query<{ waiting: number; oldestAt: Date | null; unswept: number }>(
    sql`select (select count(*)::integer from erasure where state <> 'final') as waiting,
      (select min(requested_at) from erasure where state <> 'final') as "oldestAt",
      (select count(*)::integer from erasure where swept_at is null) as unswept`,
  );
  return { versions, buckets, erasures: erasures ?? { waiting: 0, oldestAt: null, unswept: 0 } };
}
