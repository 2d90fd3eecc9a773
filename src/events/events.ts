// Security events on their way out: everything in the ledger, as OCSF JSON, to each receiver that is set, in order and at least once.
import type { Ledger } from "../ledger/ledger.ts";
import type { Querier } from "../postgres/database.ts";
import { fileSink } from "./file-sink.ts";
import type { PositionKeys } from "./position.ts";
import type { Sink } from "./sink.ts";
import { securityEvent } from "./ocsf.ts";
import { startStream, type Stream } from "./stream.ts";
import { type SyslogOptions, syslogSink } from "./syslog-sink.ts";
import { type WebhookOptions, webhookSink } from "./webhook-sink.ts";

export interface EventsConfig {
  readonly syslog: (Omit<SyslogOptions, "ownHost" | "stallMs"> & { readonly cleared: boolean }) | null;
  readonly file: { readonly path: string; readonly cleared: boolean } | null;
  readonly webhook: (Omit<WebhookOptions, "stallMs"> & { readonly cleared: boolean }) | null;
}

export interface EventsOptions {
  readonly config: EventsConfig;
  readonly database: Querier;
  readonly keys: PositionKeys;
  readonly ledger: Pick<Ledger, "tail" | "origin">;
  readonly version: string;
  /** HOSTNAME of syslog messages. */
  readonly ownHost: string;
  readonly onFailure: (stream: string, failure: unknown) => void;
  /** A stream's position that does not verify: it begins anew. */
  readonly onForged: (stream: string) => void;
}

export interface Events {
  /** "ok", or a warning: a receiver that is away keeps nobody from working, since nothing is lost by it. */
  readiness(now: Date): string;
  /** Age of the oldest entry that each stream has not handed over for certain, in seconds. */
  lags(now: Date): readonly { readonly stream: string; readonly seconds: number }[];
  stop(): Promise<void>;
}

const LEASE_SECONDS = 30;
const EVERY_MS = 500;
const STALL_MS = 20_000;
/** From here on health speaks of it. */
const LAG_SECONDS_MAX = 60;

export function startEvents(options: EventsOptions): Events {
  const streams = sinksOf(options).map(({ name, cleared, sink }) => start(options, name, { cleared, sink }));
  const lagOf = (stream: Stream, now: Date): number => {
    const { waitingSince } = stream.state();
    return waitingSince === null ? 0 : Math.max(0, Math.floor(now.getTime() / 1000) - waitingSince);
  };
  return {
    readiness(now) {
      const behind = streams.flatMap((stream) => {
        const { failing } = stream.state();
        const seconds = lagOf(stream, now);
        if (failing === null && seconds <= LAG_SECONDS_MAX) return [];
        return [`${stream.name} is ${seconds} s behind${failing === null ? "" : ` (${failing})`}`];
      });
      return behind.length === 0 ? "ok" : `warning: ${behind.join(", ")}`;
    },
    lags: (now) => streams.map((stream) => ({ stream: stream.name, seconds: lagOf(stream, now) })),
    async stop() {
      await Promise.all(streams.map((stream) => stream.stop()));
    },
  };
}

function sinksOf({ config: { syslog, file, webhook }, ownHost }: EventsOptions) {
  const sinks: { name: string; cleared: boolean; sink: Sink }[] = [];
  if (syslog !== null) {
    const sink = syslogSink({ ...syslog, ownHost, stallMs: STALL_MS });
    sinks.push({ name: "syslog", cleared: syslog.cleared, sink });
  }
  if (file !== null) sinks.push({ name: "file", cleared: file.cleared, sink: fileSink(file.path) });
  if (webhook !== null) {
    const sink = webhookSink({ ...webhook, stallMs: STALL_MS });
    sinks.push({ name: "webhook", cleared: webhook.cleared, sink });
  }
  return sinks;
}

function start(options: EventsOptions, name: string, to: { readonly cleared: boolean; readonly sink: Sink }): Stream {
  const { database, keys, ledger, version, onFailure, onForged } = options;
  const product = { version, log: ledger.origin };
  return startStream({
    name,
    ...to,
    database,
    keys,
    ledger,
    eventOf: (happening, { sequence }) => securityEvent(happening, sequence, product),
    leaseSeconds: LEASE_SECONDS,
    everyMs: EVERY_MS,
    onFailure: (failure) => onFailure(name, failure),
    onForged: () => onForged(name),
  });
}
