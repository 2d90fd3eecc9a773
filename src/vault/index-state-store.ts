// The SQL of how many tokens each blind index holds: counted where they are few, estimated from a sample where they are many.
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

const COUNTED_MAX = 200_000;
const SAMPLE_PERCENT = 1;

export interface IndexTokens {
  readonly index: string;
  readonly tokens: number;
}

export interface IndexesState {
  readonly isEstimate: boolean;
  readonly indexes: readonly IndexTokens[];
}

export async function readIndexesState(on: Querier): Promise<IndexesState> {
  const [size] = await on.query<{ rows: number }>(
    sql`select coalesce((select reltuples from pg_class where oid = 'search_token'::regclass), 0)::bigint as rows`,
  );
  const isEstimate = (size?.rows ?? 0) > COUNTED_MAX;
  const from = isEstimate ? sql`search_token tablesample system (${SAMPLE_PERCENT})` : sql`search_token`;
  const factor = isEstimate ? 100 / SAMPLE_PERCENT : 1;
  const indexes = await on.query<IndexTokens>(
    sql`select index_name as index, (count(*) * ${factor})::bigint as tokens from ${from} group by index_name order by index_name`,
  );
  return { isEstimate, indexes };
}
