// Fills the tables that a search by blind index touches, quickly. The rows are no real customers: tokens and seals are random bytes, of the number
// and size that real ones have. To the index path they are the same, since a keyed hash is as good as random; the customers searched for are real.
import pg from "pg";
import { asCode, asPublicBytes } from "../src/kernel/bytes.ts";
import type { Database, Transaction } from "../src/postgres/database.ts";
import type { Embedded } from "../src/postgres/embedded.ts";
import { sql, type Statement } from "../src/postgres/sql.ts";

const CHUNK = 100_000;
/** What a person's record takes, so that rows lie as far apart as they do in earnest. */
const PACK_BYTES = 1500;
const CHECKS_BYTES = 500;

/** Of a filler's tokens: half a dozen at full width, as most indexes have them, and two truncated ones. */
const FULL_WIDTH = [
  "person-customer-number",
  "person-name-birth-date",
  "person-name-birth-year",
  "email",
  "phone",
  "ssn",
];
const TRUNCATED = ["person-sound-birth-year", "person-prefix-birth-year"];

/**
 * Makes fillers `from` to `to`; `owner` owns the tables. Then what was written goes to disk, and nothing is tidied up while the clock runs: what a
 * database does in the quiet after a large import.
 */
export async function fillSearch(owner: Database, embedded: Embedded, from: number, to: number): Promise<void> {
  await owner.query(
    sql`create table if not exists bench_filler (n integer, customer_id uuid, unit_id uuid, record_id uuid)`,
  );
  for (const table of [sql`customer`, sql`retention_unit`, sql`record`, sql`unit_key`, sql`search_token`])
    await owner.query(sql`alter table ${table} set (autovacuum_enabled = off)`);
  for (let at = from; at < to; at += CHUNK) await fillChunk(owner, at, Math.min(to, at + CHUNK));
  await withoutHurry(owner, (tx) => tx.query(sql`analyze customer, retention_unit, record, unit_key, search_token`));
  // Only a superuser may, and on a busy disk it takes longer than statements of the product may.
  const superuser = new pg.Client({ connectionString: embedded.superuserUrl });
  await superuser.connect();
  await superuser.query("checkpoint");
  await superuser.end();
}

function withoutHurry<Result>(owner: Database, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return owner.transaction(async (tx) => {
    await tx.query(sql`set local statement_timeout = 0`);
    return work(tx);
  });
}

async function fillChunk(owner: Database, from: number, to: number): Promise<void> {
  const [pack, checks] = [PACK_BYTES, CHECKS_BYTES].map((size) => asPublicBytes(Buffer.alloc(size, 0x5a)));
  await withoutHurry(owner, async (tx) => {
    await tx.query(sql`truncate bench_filler`);
    await tx.query(sql`insert into bench_filler
      select n, uuidv7(), uuidv7(), uuidv7() from generate_series(${from}::integer, ${to - 1}::integer) as n`);
    await tx.query(sql`insert into customer select customer_id, 0, 1, unit_id, ${checks!} from bench_filler`);
    await tx.query(sql`insert into retention_unit
      select customer_id, unit_id, 'relationship', 'bench-life', 'bench-life', 'life', null, 'open', 1, unit_id, substring(${checks!}::bytea for 36)
      from bench_filler`);
    await tx.query(sql`insert into unit_key
      select f.customer_id, f.unit_id, b.bucket, b.version, ${checks!} from bench_filler f join key_bucket b on b.bucket = f.n % 4096`);
    await tx.query(sql`insert into record
      select customer_id, record_id, unit_id, 'person', 1, 1, ${pack!}, ${checks!}, unit_id from bench_filler`);
    for (const index of FULL_WIDTH) await insertTokens(tx, sql`uuid_send(gen_random_uuid())`, index);
    // Three bytes of which the last six bits are spare, as at the 18 bits that the schema gives them.
    const short = sql`set_byte(substring(uuid_send(gen_random_uuid()) for 3), 2, (random() * 3)::integer * 64)`;
    for (const index of TRUNCATED) await insertTokens(tx, short, index);
  });
}

async function insertTokens(tx: Transaction, token: Statement, index: string): Promise<void> {
  await tx.query(sql`insert into search_token (token, customer_id, record_id, index_name, key_version)
    select ${token}, customer_id, record_id, ${asCode(index)}, 1 from bench_filler order by 1`);
}
