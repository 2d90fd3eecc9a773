// For tests: an outside database given by its administrator (UBERRIMA_TEST_EXTERNAL_OWNER_URL and _APP_URL), used by one test at a time.
import { Client } from "pg";
import { openDatabase } from "./database.ts";
import { migrate } from "./migrate.ts";
import { roleOf } from "./url.ts";

export interface GivenUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
}

/** The URLs of the environment; null unless both are there. */
export function givenUrls(): GivenUrls | null {
  const ownerUrl = process.env["UBERRIMA_TEST_EXTERNAL_OWNER_URL"];
  const appUrl = process.env["UBERRIMA_TEST_EXTERNAL_APP_URL"];
  return ownerUrl && appUrl ? { ownerUrl, appUrl } : null;
}

/** Empties the database and migrates it. Other test processes wait until the returned function is called. */
export async function takeGiven(urls: GivenUrls, migrated: boolean): Promise<() => Promise<void>> {
  const lock = new Client({ connectionString: urls.ownerUrl });
  await lock.connect();
  try {
    await lock.query("select pg_advisory_lock(hashtext('uberrima-test'))");
    const { rows } = await lock.query<{ name: string }>("select current_database() as name");
    // Everything in it is about to be dropped.
    if (!rows[0]?.name.includes("test")) throw new Error("the outside test database must have `test` in its name");
    await lock.query("drop schema public cascade; create schema public; grant usage on schema public to public");
    if (migrated) await migrateAs(urls);
  } catch (error) {
    await lock.end();
    throw error;
  }
  return () => lock.end();
}

async function migrateAs(urls: GivenUrls): Promise<void> {
  const owner = openDatabase({ url: urls.ownerUrl, connectionsMax: 1 });
  await migrate(owner, roleOf(urls.appUrl)).finally(() => owner.close());
}
