// PostgreSQL URLs: made for a socket, taken apart for the role they name.
import { PostgresError } from "./errors.ts";

/** The URL of a database reached through the socket in `folder`. */
export function socketUrl(folder: string, role: string, database: string): string {
  return `postgres://${role}@localhost/${database}?host=${encodeURIComponent(folder)}`;
}

/** The same server and credentials, another database. */
export function withDatabase(url: string, database: string): string {
  const parsed = parse(url);
  parsed.pathname = `/${database}`;
  return parsed.href;
}

/** The same server and database, another role. */
export function withRole(url: string, role: string, password = ""): string {
  const parsed = parse(url);
  parsed.username = role;
  parsed.password = password;
  return parsed.href;
}

/** The role a URL signs in as. Throws "bad-url" or "bad-role"; never quotes the URL, which may hold a password. */
export function roleOf(url: string): string {
  const parsed = parse(url);
  return parseRole(decodeURIComponent(parsed.searchParams.get("user") ?? parsed.username));
}

// What needs no quoting and fits PostgreSQL's 63 bytes, so that a role name can never be read as anything else.
const ROLE_PATTERN = /^[a-z_][a-z0-9_]{0,62}$/;

/** Throws "bad-role" unless the name is lower-case letters, digits and underscores. */
export function parseRole(name: string): string {
  if (!ROLE_PATTERN.test(name)) {
    throw new PostgresError("bad-role", "a role name is lower-case letters, digits and underscores, 63 at most");
  }
  return name;
}

function parse(url: string): URL {
  const parsed = URL.parse(url);
  if (parsed === null || !["postgres:", "postgresql:"].includes(parsed.protocol)) {
    throw new PostgresError("bad-url", "not a PostgreSQL URL (postgres://role@host/database)");
  }
  return parsed;
}
