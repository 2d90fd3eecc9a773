// The connection pool and transactions. Every statement of the application goes through here.
import { type Client, DatabaseError, Pool, type PoolClient, types } from "pg";
import { askNamed } from "./described-query.ts";
import { PostgresError } from "./errors.ts";
import { type Statement, isStatement } from "./sql.ts";

/** Anything that runs statements: the pool, or one transaction. Rows are trusted no further than their column types. */
export interface Querier {
  query<Row extends object>(statement: Statement): Promise<Row[]>;
}

/** Runs statements one after another, in the order they were asked for, though nobody waits for one before asking for the next. */
export interface InOrder extends Querier {
  readonly inOrder: true;
}

/** A transaction in progress. Writers take this, so that nothing is written outside one. */
export interface Transaction extends Querier {
  readonly inTransaction: true;
}

export interface Database extends Querier {
  /** Runs `work` in one READ COMMITTED transaction; commits when it returns, rolls back when it throws. */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

// PostgreSQL gives 64-bit integers as text; all of ours stay below 2^53.
const INT8_OID = 20;
types.setTypeParser(INT8_OID, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError("a 64-bit integer beyond 2^53 came back from storage");
  return value;
});

const STATEMENT_TIMEOUT_MS = 60_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;
const CONNECTION_TIMEOUT_MS = 30_000;

export interface DatabaseOptions {
  readonly url: string;
  readonly connectionsMax: number;
  readonly applicationName?: string;
}

/** Opens a pool. `url` is a PostgreSQL URL; a socket folder may be given as `?host=/path`. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: options.url,
    max: options.connectionsMax,
    application_name: options.applicationName ?? "uberrima",
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
  });
  // A connection that the server ends fails its query and is replaced at the next one. Without a listener (the pool's own is taken off
  // while a connection is in use) the event would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return {
    query: (statement) => run(pool, statement),
    transaction: (work) => inTransaction(pool, work),
    close: () => pool.end(),
  };
}

export async function run<Row extends object>(on: Pool | PoolClient | Client, statement: Statement): Promise<Row[]> {
  // INVARIANT: text reaches the database only through the sql tag, whatever a caller's types were talked into.
  if (!isStatement(statement)) throw new TypeError("not a statement made by sql");
  const { text, values, name } = statement;
  if (name !== undefined) return reached(askNamed<Row>(on, { text, values, name }));
  return (await reached(on.query<Row>({ text, values: values as unknown[] }))).rows;
}

/** Throws PostgresError "unavailable" when the database went away over it: the system's own errors look like those of any other connection. */
export async function reached<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    // What the database itself says, and what came back from it that is out of range.
    if (error instanceof DatabaseError || error instanceof RangeError || error instanceof TypeError) throw error;
    throw new PostgresError("unavailable", "the database does not answer; try again", error);
  }
}

async function inTransaction<Result>(pool: Pool, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const client = await reached(pool.connect());
  const line = oneByOne(client);
  let broken: Error | undefined;
  try {
    await reached(client.query("begin"));
    const result = await work({ inTransaction: true, query: line.query });
    await line.done();
    const { command } = await reached(client.query("commit"));
    // A statement failed and `work` went on: PostgreSQL answers COMMIT with ROLLBACK, which must not pass for success.
    if (command !== "COMMIT") throw new PostgresError("not-committed", "a statement failed, so nothing was kept");
    return result;
  } catch (error) {
    // INVARIANT: what `work` asked for and did not wait for ends before the rollback, never on the connection's next transaction.
    await line.done();
    await client.query("rollback").catch((rollbackError: Error) => (broken = rollbackError));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Statements that are asked for together go out one after another: `pg` gives up queueing them itself. */
function oneByOne(client: PoolClient): Querier & { done(): Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  return {
    query: <Row extends object>(statement: Statement): Promise<Row[]> => {
      const asked = last.then(() => run<Row>(client, statement));
      last = asked.catch(() => {});
      return asked;
    },
    done: async () => {
      for (let seen; seen !== last;) await (seen = last);
    },
  };
}
