// For attacks: a gateway between a server and PostgreSQL that holds back what a pattern finds, so that the server stops just there.
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const CAUGHT_MS_MAX = 20_000;

export interface Hold {
  /** Resolves once something is held; rejects when that takes too long. */
  caught(): Promise<void>;
  /** Sends on what is held, and everything after it. */
  release(): void;
}

export interface Gateway {
  /** The same database, by way of the gateway. */
  through(url: string): string;
  /** The next message to PostgreSQL that matches, `passing` others first, does not arrive until released, nor what follows on its connection. */
  holdRequest(pattern: RegExp, passing?: number): Hold;
  /** The next message that matches arrives, but no answer to it until released. */
  holdAnswer(pattern: RegExp): Hold;
  close(): Promise<void>;
}

interface Trap {
  readonly pattern: RegExp;
  readonly direction: "request" | "answer";
  passing: number;
  spring(connection: Connection): void;
}

interface Connection {
  readonly client: Socket;
  readonly upstream: Socket;
  /** What waits in either direction; null while it flows. */
  toUpstream: Buffer[] | null;
  toClient: Buffer[] | null;
}

/** In front of the PostgreSQL at `url`, which is reached by TCP and without TLS. */
export async function openGateway(url: string): Promise<Gateway> {
  const { hostname, port } = new URL(url);
  const traps = new Set<Trap>();
  const connections = new Set<Connection>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const connection: Connection = { client, upstream, toUpstream: null, toClient: null };
    connections.add(connection);
    join(connection, traps, () => connections.delete(connection));
  });
  const ownPort = await listen(server);
  return {
    through: (from) => {
      const changed = new URL(from);
      changed.hostname = "127.0.0.1";
      changed.port = String(ownPort);
      return changed.href;
    },
    holdRequest: (pattern, passing = 0) => setTrap(traps, { pattern, direction: "request", passing }),
    holdAnswer: (pattern) => setTrap(traps, { pattern, direction: "answer", passing: 0 }),
    close: async () => {
      for (const { client, upstream } of connections) for (const socket of [client, upstream]) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function join(connection: Connection, traps: ReadonlySet<Trap>, ended: () => void): void {
  const { client, upstream } = connection;
  for (const socket of [client, upstream]) {
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.on("close", () => {
      // Whoever stands still does not notice that PostgreSQL has hung up.
      if (socket === upstream && isHeld(connection)) return;
      client.destroy();
      upstream.destroy();
      ended();
    });
  }
  client.on("data", (bytes: Buffer) => {
    // Names of statements and texts of SQL stand in the messages as they are.
    const text = bytes.toString("latin1");
    for (const trap of traps) {
      if (isHeld(connection) || !trap.pattern.test(text)) continue;
      if (trap.passing > 0) trap.passing -= 1;
      else trap.spring(connection);
    }
    if (connection.toUpstream === null) upstream.write(bytes);
    else connection.toUpstream.push(bytes);
  });
  upstream.on("data", (bytes: Buffer) => {
    if (connection.toClient === null) client.write(bytes);
    else connection.toClient.push(bytes);
  });
}

const isHeld = ({ toUpstream, toClient }: Connection): boolean => toUpstream !== null || toClient !== null;

function setTrap(traps: Set<Trap>, what: Pick<Trap, "pattern" | "direction" | "passing">): Hold {
  const caught = Promise.withResolvers<void>();
  const { pattern, direction } = what;
  let held: Connection | undefined;
  const trap: Trap = {
    ...what,
    spring: (connection) => {
      traps.delete(trap);
      held = connection;
      if (direction === "request") connection.toUpstream = [];
      else connection.toClient = [];
      caught.resolve();
    },
  };
  traps.add(trap);
  return {
    caught: () => Promise.race([caught.promise, failAfterWaiting(pattern)]),
    release: () => {
      traps.delete(trap);
      if (held !== undefined) flow(held, direction);
    },
  };
}

async function failAfterWaiting(pattern: RegExp): Promise<void> {
  await sleep(CAUGHT_MS_MAX, undefined, { ref: false });
  throw new Error(`nothing came that matches ${pattern}`);
}

function flow(connection: Connection, direction: Trap["direction"]): void {
  const waiting = direction === "request" ? connection.toUpstream : connection.toClient;
  const socket = direction === "request" ? connection.upstream : connection.client;
  if (direction === "request") connection.toUpstream = null;
  else connection.toClient = null;
  for (const bytes of waiting ?? []) if (!socket.destroyed) socket.write(bytes);
  if (connection.upstream.destroyed) connection.client.end();
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
