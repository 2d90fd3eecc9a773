// One connection on which many statements are under way at once: saves a round trip, and a connection, for each of them.
import { Client, DatabaseError } from "pg";
import { type InOrder, reached, run } from "./database.ts";
import type { Statement } from "./sql.ts";

export interface Pipeline extends InOrder {
  close(): Promise<void>;
}

const STATEMENT_TIMEOUT_MS = 60_000;
const CONNECTION_TIMEOUT_MS = 30_000;

/**
 * Opens a pipeline for short statements that each stand alone: they run in the order they were asked for, each in a transaction of
 * its own, and a failing one does not touch its neighbours. After a lost connection the next statement opens another.
 */
export function openPipeline(url: string): Pipeline {
  let current: Promise<Client> | undefined;
  const forget = (lost: Promise<Client>): void => {
    if (current === lost) current = undefined;
  };
  const connection = (): Promise<Client> => {
    if (current !== undefined) return current;
    const opening = connect(url, () => forget(opening));
    opening.catch(() => forget(opening));
    current = opening;
    return opening;
  };
  return {
    inOrder: true,
    query: async <Row extends object>(statement: Statement): Promise<Row[]> => {
      const used = connection();
      const client = await reached(used);
      sendTogether(client);
      try {
        return await run<Row>(client, statement);
      } catch (error) {
        // The server says goodbye before the socket closes: the next statement must not be sent after it.
        if (error instanceof DatabaseError && error.severity === "FATAL") forget(used);
        throw error;
      }
    },
    close: async () => {
      const last = current;
      current = undefined;
      await last?.then((client) => client.end());
    },
  };
}

/** What is asked for in one turn goes out in one packet, so that the server wakes once for all of it. */
function sendTogether(client: Client): void {
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

async function connect(url: string, lost: () => void): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: "uberrima-pipeline",
    pipeline: true,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
  });
  client.on("error", lost);
  client.on("end", lost);
  await client.connect();
  return client;
}
