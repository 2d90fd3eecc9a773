// Storage, opened: the embedded server or an outside one, checked, migrated, and reached as the application's narrow role.
import { type Database, openDatabase } from "./database.ts";
import { assertDurable, assertNarrowRole } from "./durable.ts";
import { startEmbedded } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { type Pipeline, openPipeline } from "./pipeline.ts";
import { roleOf } from "./url.ts";

export type StorageSource =
  | { readonly kind: "embedded"; readonly folder: string }
  /** `ownerUrl` is used for migrations alone and closed after them. */
  | { readonly kind: "external"; readonly ownerUrl: string; readonly appUrl: string };

export interface StorageOptions {
  readonly connectionsMax: number;
  readonly log?: (message: string) => void;
}

export interface Storage {
  /** The application's narrow role. */
  readonly database: Database;
  readonly appUrl: string;
  /** Names of the migrations that this start applied. */
  readonly migrated: readonly string[];
  /** Resolves when an embedded server has ended, asked for or not; an outside one is not ours to watch. */
  readonly ended: Promise<void>;
  /** A connection for many small statements at once; ended by `stop`. */
  openPipeline(): Pipeline;
  stop(): Promise<void>;
}

interface Server {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Opens storage or throws PostgresError; nothing of it is left running then. */
export async function openStorage(source: StorageSource, options: StorageOptions): Promise<Storage> {
  const server = await reach(source, options);
  try {
    const migrated = await prepare(server);
    const database = openDatabase({ url: server.appUrl, connectionsMax: options.connectionsMax });
    try {
      await assertDurable(database);
      await assertNarrowRole(database);
    } catch (error) {
      await database.close();
      throw error;
    }
    return opened(server, database, migrated);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function reach(source: StorageSource, options: StorageOptions): Promise<Server> {
  if (source.kind === "external") return { ...source, ended: new Promise(() => {}), stop: async () => {} };
  return startEmbedded({ folder: source.folder, ...(options.log === undefined ? {} : { log: options.log }) });
}

/** Migrates as the owner, who is not needed afterwards. The server is checked first: migrations must not be lost either. */
async function prepare(server: Server): Promise<string[]> {
  const appRole = roleOf(server.appUrl);
  const owner = openDatabase({ url: server.ownerUrl, connectionsMax: 1, applicationName: "uberrima-migrate" });
  try {
    await assertDurable(owner);
    return await migrate(owner, appRole);
  } finally {
    await owner.close();
  }
}

function opened(server: Server, database: Database, migrated: readonly string[]): Storage {
  const pipelines: Pipeline[] = [];
  return {
    database,
    appUrl: server.appUrl,
    migrated,
    ended: server.ended,
    openPipeline: () => {
      const pipeline = openPipeline(server.appUrl);
      pipelines.push(pipeline);
      return pipeline;
    },
    stop: async () => {
      await Promise.all([database.close(), ...pipelines.map((pipeline) => pipeline.close())]);
      await server.stop();
    },
  };
}
