// Security events on their way out, as the operator has set them: reads certificates, tells the log and the metrics.
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import type { Logger } from "pino";
import { type Config, ConfigError } from "./config.ts";
import { type Events, type EventsConfig, startEvents } from "./events/events.ts";
import type { Domains, Metrics } from "./http/http.ts";
import { readSecret } from "./read-secret.ts";
import { VERSION } from "./version.ts";

export interface StartEvents {
  readonly domains: Pick<Domains, "database" | "keys" | "ledger" | "clock">;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** Throws ConfigError where a certificate or key cannot be read. */
export async function startEventStreams(
  settings: Config["events"],
  { domains, metrics, log }: StartEvents,
): Promise<Events> {
  const { database, keys, ledger, clock } = domains;
  const events = startEvents({
    config: await readConfig(settings),
    database,
    keys,
    ledger,
    version: VERSION,
    ownHost: hostname(),
    onFailure: (stream, err) => log.warn({ err, stream }, "security events could not be handed over; tried again"),
    onForged: (stream) => {
      metrics.countAnomaly("event-position-forged");
      log.warn({ stream }, "the place of a stream of security events does not verify: it begins anew");
    },
  });
  metrics.measureEventLags(() => events.lags(clock.now()));
  return events;
}

async function readConfig({ syslog, file, webhook }: Config["events"]): Promise<EventsConfig> {
  return { syslog: await readSyslog(syslog), file, webhook: await readWebhook(webhook) };
}

async function readSyslog(syslog: Config["events"]["syslog"]): Promise<EventsConfig["syslog"]> {
  if (syslog === null) return null;
  const { host, port, caFile, certFile, keyFile, confirmSeconds, cleared } = syslog;
  const ca = caFile === null ? null : await read("UBERRIMA_EVENTS_SYSLOG_CA", caFile);
  const client =
    certFile === null || keyFile === null
      ? null
      : {
          cert: await read("UBERRIMA_EVENTS_SYSLOG_CERT", certFile),
          key: await read("UBERRIMA_EVENTS_SYSLOG_KEY", keyFile),
        };
  return { host, port, ca, client, confirmAfterMs: confirmSeconds * 1000, cleared };
}

async function readWebhook(webhook: Config["events"]["webhook"]): Promise<EventsConfig["webhook"]> {
  if (webhook === null) return null;
  const { url, tokenFile, caFile, cleared } = webhook;
  const token = tokenFile === null ? null : await readSecret("UBERRIMA_EVENTS_WEBHOOK_TOKEN_FILE", tokenFile);
  const ca = caFile === null ? null : await read("UBERRIMA_EVENTS_WEBHOOK_CA", caFile);
  return { url, token, ca, cleared };
}

async function read(setting: string, path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new ConfigError(`${setting}: cannot be read`, { cause });
  });
}
