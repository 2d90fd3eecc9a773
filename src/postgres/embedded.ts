// The embedded PostgreSQL: one server, one database, two roles, reached only through an owner-only socket.
import { Client } from "pg";
import { SUPERUSER, startCluster } from "./embedded/cluster.ts";
import { socketUrl } from "./url.ts";

export const DATABASE_NAME = "uberrima";
export const OWNER_ROLE = "uberrima_owner";
export const APP_ROLE = "uberrima_app";

export interface EmbeddedOptions {
  /** Made when absent. One server process owns it: a second gets "folder-in-use". */
  readonly folder: string;
  readonly log?: (message: string) => void;
  /** For tests: the folder is removed once PostgreSQL has ended. */
  readonly temporary?: boolean;
  /** For tests: more settings; they override ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Embedded {
  /** For migrations: owns the database. */
  readonly ownerUrl: string;
  /** For everything else: owns nothing. */
  readonly appUrl: string;
  /** For the test support and repairs: the superuser. */
  readonly superuserUrl: string;
  /** Resolves when PostgreSQL has ended, asked for or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL 18 on a folder; it ends with this process, however that ends. Throws PostgresError. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const cluster = await startCluster(options);
  const url = (role: string, database: string): string => socketUrl(cluster.socketFolder, role, database);
  try {
    await provision(url(SUPERUSER, "postgres"));
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return {
    ownerUrl: url(OWNER_ROLE, DATABASE_NAME),
    appUrl: url(APP_ROLE, DATABASE_NAME),
    superuserUrl: url(SUPERUSER, "postgres"),
    ended: cluster.ended,
    stop: cluster.stop,
  };
}

/** Makes the roles and the database where they are missing; a crash between two steps is made good at the next start. */
async function provision(superuserUrl: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (const role of [OWNER_ROLE, APP_ROLE]) {
      const { rowCount } = await client.query("select from pg_roles where rolname = $1", [role]);
      if (rowCount === 0) await client.query(`create role ${role} login`);
    }
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE_NAME]);
    if (rowCount === 0) await client.query(`create database ${DATABASE_NAME} owner ${OWNER_ROLE}`);
    await client.query(`revoke all on database ${DATABASE_NAME} from public`);
    await client.query(`grant connect, temporary on database ${DATABASE_NAME} to ${APP_ROLE}`);
  } finally {
    await client.end();
  }
}
