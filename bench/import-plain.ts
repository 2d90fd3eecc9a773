// What an import is compared with: the same rows as text, a column a field, with six plain indexes.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { asCode, type Code } from "../src/kernel/bytes.ts";
import type { Database } from "../src/postgres/database.ts";
import { named, script, sql, type Statement } from "../src/postgres/sql.ts";

const BATCH_ROWS = 500;
/** As many as apply to the sealed rows: four of the name with the birth date, e-mail and telephone. */
const INDEXES = [
  "lower(first_name), lower(last_name), birth_date",
  "lower(first_name), lower(last_name), left(birth_date, 4)",
  "lower(last_name), left(birth_date, 4)",
  "left(lower(last_name), 4), left(birth_date, 4)",
  "lower(email)",
  "phone",
];

/** Makes the table and fills it with other rows, as the sealed one is filled before it is measured. */
export async function preparePlain(owner: Database, path: string): Promise<void> {
  const columns = await columnsOf(path);
  const list = columns.map((name) => `${asCode(name)} text not null`).join(", ");
  await owner.query(
    sql`create table bench_customers (id bigint generated always as identity primary key, ${script(list)})`,
  );
  for (const index of INDEXES) await owner.query(sql`create index on bench_customers (${script(index)})`);
  await importPlain(owner, path);
}

export async function importPlain(owner: Database, path: string): Promise<void> {
  const columns = await columnsOf(path);
  let rows: Record<string, string>[] = [];
  for await (const line of linesOf(path)) {
    rows.push(JSON.parse(line) as Record<string, string>);
    if (rows.length < BATCH_ROWS) continue;
    await owner.query(insertion(columns, rows));
    rows = [];
  }
  if (rows.length > 0) await owner.query(insertion(columns, rows));
}

function insertion(columns: readonly string[], rows: readonly Record<string, string>[]): Statement {
  const arrays = columns.map((name) => sql`${rows.map((row) => row[name] as Code)}::text[]`);
  const values = arrays.reduce((left, right) => sql`${left}, ${right}`);
  const list = script(columns.join(", "));
  return named("bench-plain-import", sql`insert into bench_customers (${list}) select * from unnest(${values})`);
}

async function columnsOf(path: string): Promise<string[]> {
  for await (const line of linesOf(path)) return Object.keys(JSON.parse(line) as object);
  return [];
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path), crlfDelay: Infinity });
}
