// Refuses a server that may lose what it acknowledged, that is too old, or whose application role could rewrite history.
import type { Querier } from "./database.ts";
import { PostgresError } from "./errors.ts";
import { sql } from "./sql.ts";

const VERSION_MIN = 15;
/** `off` acknowledges commits that a crash loses; every other value waits for this server's disk at least. */
const MUST_NOT_BE_OFF = ["fsync", "full_page_writes", "synchronous_commit"] as const;

/** Throws "too-old" or "not-durable". Settings are read as this session has them, so role and database overrides count. */
export async function assertDurable(database: Querier): Promise<void> {
  const rows = await database.query<{ name: string; setting: string }>(sql`
    select name, setting from pg_settings
    where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num')`);
  const settings = new Map(rows.map((row) => [row.name, row.setting]));
  assertRecent(Number(settings.get("server_version_num")));
  for (const name of MUST_NOT_BE_OFF) {
    const setting = settings.get(name);
    if (setting === undefined || setting === "off") {
      throw new PostgresError("not-durable", `PostgreSQL's ${name} is off: it could lose what it has acknowledged`);
    }
  }
}

/** `version` as server_version_num has it: 180004 is 18.4. Throws "too-old". */
export function assertRecent(version: number): void {
  if (!(version >= VERSION_MIN * 10_000)) {
    throw new PostgresError("too-old", `PostgreSQL ${VERSION_MIN} or newer is needed`);
  }
}

/** Throws "role-too-wide" when the session's role is a superuser, or is, or can become, the owner of a table or of the database. */
export async function assertNarrowRole(database: Querier): Promise<void> {
  const [role] = await database.query<{ powerful: boolean; owns: boolean; writesAll: boolean }>(sql`
    select r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls as powerful,
      pg_has_role(r.oid, d.datdba, 'member') or exists (
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname !~ '^(pg_|information_schema$)' and pg_has_role(r.oid, c.relowner, 'member')) as owns,
      pg_has_role(r.oid, 'pg_write_all_data', 'member') as "writesAll"
    from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()`);
  if (role === undefined || role.powerful || role.owns || role.writesAll) {
    throw new PostgresError(
      "role-too-wide",
      "the application's role must be no superuser, own nothing, and not be a member of the owner's role",
    );
  }
}
