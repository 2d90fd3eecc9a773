// Syslog over TLS (RFC 5425). A closure that the receiver answers is the one confirmation that the protocol has; it is asked for every few seconds.
import { isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type TLSSocket } from "node:tls";
import { EventsError } from "./errors.ts";
import type { SecurityEvent } from "./ocsf.ts";
import type { Sink } from "./sink.ts";
import { framed, syslogMessage } from "./syslog-message.ts";

export interface SyslogOptions {
  readonly host: string;
  readonly port: number;
  /** What may have signed the receiver's certificate; the system's authorities when null. */
  readonly ca: string | null;
  /** Ours, where the receiver asks for one. */
  readonly client: { readonly cert: string; readonly key: string } | null;
  /** HOSTNAME of the messages. */
  readonly ownHost: string;
  readonly confirmAfterMs: number;
  /** How long a receiver may take nothing at all. */
  readonly stallMs: number;
}

interface Connection {
  readonly socket: TLSSocket;
  /** Resolves once the receiver's certificate has verified. */
  readonly ready: Promise<void>;
  /** Rejects when it ends before we have ended it. */
  readonly broken: Promise<never>;
  /** Resolves once it is closed and the receiver has answered our closure. */
  readonly closed: Promise<void>;
}

const OVERLAP_ENTRIES = 64;
/** Longer than a round trip: a receiver that has gone away is known by then. */
const QUIET_MS = 200;

export function syslogSink(options: SyslogOptions): Sink {
  let connection: Connection | null = null;
  const abandon = (): void => {
    connection?.socket.destroy();
    connection = null;
  };
  const orAbandon = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      abandon();
      throw error;
    }
  };
  return {
    confirmAfterMs: options.confirmAfterMs,
    overlapEntries: OVERLAP_ENTRIES,
    async deliver(events) {
      if (events.length === 0) return;
      connection ??= begin(options);
      await orAbandon(write(connection, events, options));
    },
    async confirm() {
      if (connection === null) return;
      await orAbandon(closeAnswered(connection, options.stallMs));
      connection = null;
    },
    abandon,
  };
}

function begin({ host, port, ca, client }: SyslogOptions): Connection {
  const socket = connect({
    host,
    port,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === null ? {} : { ca }),
    ...client,
    // RFC 9662: TLS 1.2 at least. INVARIANT: a receiver whose certificate does not verify gets nothing.
    minVersion: "TLSv1.2",
    rejectUnauthorized: true,
  });
  const ready = new Promise<void>((resolve) => socket.once("secureConnect", resolve));
  // A receiver has nothing to say; what it says is dropped, so that its end is seen.
  socket.resume();
  return { socket, ready, ...watch(socket) };
}

function watch(socket: TLSSocket): Pick<Connection, "broken" | "closed"> {
  const broken = Promise.withResolvers<never>();
  const closed = Promise.withResolvers<void>();
  const fail = (cause?: unknown): void => {
    const error = EventsError.of(cause);
    broken.reject(error);
    closed.reject(error);
  };
  let ended = false;
  socket.on("error", fail);
  socket.on("end", () => {
    ended = true;
    // Its own idea, not the answer to ours.
    if (!socket.writableEnded) fail();
  });
  socket.on("close", () => (ended ? closed.resolve() : fail()));
  // Whoever waits at that time is told; nobody may be waiting.
  broken.promise.catch(() => {});
  closed.promise.catch(() => {});
  return { broken: broken.promise, closed: closed.promise };
}

async function write(
  { socket, ready, broken }: Connection,
  events: readonly SecurityEvent[],
  { ownHost, stallMs }: SyslogOptions,
): Promise<void> {
  await withinTime(Promise.race([ready, broken]), stallMs);
  const page = Buffer.from(events.map((event) => framed(syslogMessage(event, ownHost))).join(""), "latin1");
  const flushed = new Promise<void>((resolve, reject) => {
    socket.write(page, (cause) => {
      if (cause == null) resolve();
      else reject(new EventsError("receiver-unavailable", { cause }));
    });
  });
  flushed.catch(() => {});
  await withinTime(Promise.race([flushed, broken]), stallMs);
}

/**
 * RFC 5425 4.4: whoever receives a close_notify answers it, and reads in order: then it has read everything. Silence before it, so that a receiver that is
 * already gone does not pass for one that answers.
 */
async function closeAnswered({ socket, broken, closed }: Connection, stallMs: number): Promise<void> {
  await Promise.race([sleep(QUIET_MS), broken]);
  socket.end();
  await withinTime(closed, stallMs);
}

async function withinTime(work: Promise<void>, milliseconds: number): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new EventsError("receiver-stalled")), milliseconds);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
