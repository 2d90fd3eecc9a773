// For tests: keys over a fresh database and a fresh folder, and ways to see what a thief of either would see.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "../kernel/ids.ts";
import { script, sql } from "../postgres/sql.ts";
import { type TestDatabase, openTestDatabase } from "../postgres/test-database.ts";
import type { Database } from "../postgres/database.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { type Keys, type KeysOptions, type LocalKeyring, openKeys, openLocalKeyring } from "./keys.ts";
import type { ErasureHooks, UnitKeyRow, UnitPlace } from "./keys.ts";

export interface TestKeys extends TestDatabase {
  readonly folder: string;
  readonly keyring: LocalKeyring;
  readonly keys: Keys;
  /** What another process, or this one after a restart, would open. Closed with the rest. */
  reopen(options?: Partial<KeysOptions>): Promise<Keys>;
}

export const LEASE_SECONDS = 0.2;
/** Long enough that no test meets its end. */
export const LONG_LEASE_SECONDS = 60;

export async function openTestKeys(options: Partial<KeysOptions> = {}): Promise<TestKeys> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-keys-"));
  const base = await openTestDatabase();
  const keyring = await openLocalKeyring({ folder: join(folder, "keyring") });
  const opened: Keys[] = [];
  const reopen = async (changed: Partial<KeysOptions> = {}): Promise<Keys> => {
    const common = { database: base.database, provider: keyring.provider, buckets: keyring.buckets };
    const keys = await openKeys({
      ...common,
      leaseSeconds: LONG_LEASE_SECONDS,
      refreshSeconds: 0.1,
      ...options,
      ...changed,
    });
    opened.push(keys);
    return keys;
  };
  const close = async (): Promise<void> => {
    for (const keys of opened) keys.close();
    await base.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...base, folder, keyring, keys: await reopen(), reopen, close };
}

export function newPlace(customerId: Uuid = newId()): UnitPlace {
  return { customerId, unitId: newId() };
}

export async function storeNewUnit(database: Database, keys: Keys, place = newPlace()): Promise<UnitKeyRow> {
  const made = await keys.newUnitKeys(place, ["identity", "health"]);
  const [row] = await database.transaction((tx) => keys.writeUnitKeys(tx, [made]));
  if (row === undefined) throw new Error("nothing was written");
  return row;
}

export async function storedRow(database: Database, place: UnitPlace): Promise<UnitKeyRow | undefined> {
  const rows = await database.query<UnitKeyRow>(
    sql`select customer_id as "customerId", unit_id as "unitId", bucket, bucket_version as "bucketVersion", pack
      from unit_key where customer_id = ${place.customerId} and unit_id = ${place.unitId}`,
  );
  return rows[0];
}

/** Ids whose customers fall into the bucket of `like`. */
export async function placesInBucketOf(keys: Keys, like: UnitPlace, count: number): Promise<UnitPlace[]> {
  const { row } = await keys.newUnitKeys(like, ["identity"]);
  const found: UnitPlace[] = [];
  while (found.length < count) {
    const place = newPlace();
    const digest = keys.keyedDigest("bucket", Buffer.from(place.customerId.replaceAll("-", ""), "hex"));
    if ((((digest[0] ?? 0) << 8) | (digest[1] ?? 0)) >>> 4 === row.bucket) found.push(place);
  }
  return found;
}

/** Asks for the erasure of one unit, or of the customer, in a transaction of its own. */
export async function erase(
  database: Database,
  keys: Keys,
  place: Pick<UnitPlace, "customerId"> & { unitId: Uuid | null },
): Promise<Uuid> {
  const erasureId = newId();
  await database.transaction((tx) => keys.requestErasure(tx, { ...place, erasureId, act: newId() }));
  return erasureId;
}

export const noCertificate: ErasureHooks = { recordFinal: async () => null };

const KEY_TABLES = ["domain_key", "key_bucket", "unit_key", "erasure"];

/** Copies all rows of the keys domain aside, as a backup would. Returns what puts them all back. */
export async function backUp(owner: Database): Promise<() => Promise<void>> {
  for (const table of KEY_TABLES) {
    await owner.query(
      script(`drop table if exists backup_${table}; create table backup_${table} as select * from ${table}`),
    );
  }
  return async () => {
    for (const table of KEY_TABLES) {
      // A superuser writing behind the application's back is held up by no trigger.
      await owner.query(
        script(`alter table ${table} disable trigger user; delete from ${table};
        insert into ${table} select * from backup_${table}; alter table ${table} enable trigger user`),
      );
    }
  };
}

/** Every row of every table, as text with bytes in hex: what a thief of the database has. */
export async function dumpText(owner: Database): Promise<string> {
  const tables = await owner.query<{ name: string }>(
    script("select tablename as name from pg_tables where schemaname = 'public'"),
  );
  const dumps: string[] = [];
  for (const { name } of tables) {
    const [row] = await owner.query<{ dump: string | null }>(
      script(`select string_agg(t::text, '') as dump from public."${name}" t`),
    );
    dumps.push(row?.dump ?? "");
  }
  return dumps.join("\n");
}
