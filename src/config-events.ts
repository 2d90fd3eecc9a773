// Where security events go, as settings.
import { z } from "zod";

export interface EventSettings {
  readonly syslog: {
    readonly host: string;
    readonly port: number;
    readonly caFile: string | null;
    readonly certFile: string | null;
    readonly keyFile: string | null;
    readonly confirmSeconds: number;
    readonly cleared: boolean;
  } | null;
  readonly file: { readonly path: string; readonly cleared: boolean } | null;
  readonly webhook: {
    readonly url: URL;
    readonly tokenFile: string | null;
    readonly caFile: string | null;
    readonly cleared: boolean;
  } | null;
}

const file = z.string().min(1).optional();
const STREAMS = ["syslog", "file", "webhook"] as const;

/** RFC 5425 4.1: 6514 is the port of syslog over TLS. */
const SYSLOG_PORT = 6514;
const PLACE = /^(?:\[(?<six>[0-9a-fA-F:.]{2,45})\]|(?<name>[A-Za-z0-9.-]{1,253}))(?::(?<port>\d{1,5}))?$/;

export const eventVariables = {
  UBERRIMA_EVENTS_SYSLOG: z.string().regex(PLACE, "must be host or host:port").optional(),
  UBERRIMA_EVENTS_SYSLOG_CA: file,
  UBERRIMA_EVENTS_SYSLOG_CERT: file,
  UBERRIMA_EVENTS_SYSLOG_KEY: file,
  UBERRIMA_EVENTS_SYSLOG_CONFIRM_SECONDS: z
    .string()
    .regex(/^\d{1,4}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(1, "must be 1 or more").max(3600, "must be 3600 or less"))
    .default(5),
  UBERRIMA_EVENTS_FILE: file,
  // INVARIANT: events and the token cross no network in clear, and no password stands in a URL, which ends up in logs.
  UBERRIMA_EVENTS_WEBHOOK: z
    .string()
    .refine((text) => URL.canParse(text), "must be a URL")
    .transform((text) => new URL(text))
    .refine(
      (url) => url.protocol === "https:" && url.username === "" && url.password === "",
      "must be https, without a user",
    )
    .optional(),
  UBERRIMA_EVENTS_WEBHOOK_TOKEN_FILE: file,
  UBERRIMA_EVENTS_WEBHOOK_CA: file,
  UBERRIMA_EVENTS_CLEARED: z
    .string()
    .default("")
    .transform((text) => text.split(",").map((part) => part.trim()))
    .transform((parts) => parts.filter((part) => part !== ""))
    .pipe(z.array(z.enum(STREAMS, "must be of: syslog, file, webhook"))),
};
type Given = z.output<z.ZodObject<typeof eventVariables>>;

/** Returns faults beside it, each `VARIABLE: what`. */
export function eventSettings(given: Given): { readonly settings: EventSettings; readonly faults: readonly string[] } {
  const cleared = (stream: (typeof STREAMS)[number]): boolean => given.UBERRIMA_EVENTS_CLEARED.includes(stream);
  const path = given.UBERRIMA_EVENTS_FILE;
  const settings = {
    syslog: syslogSettings(given, cleared("syslog")),
    file: path === undefined ? null : { path, cleared: cleared("file") },
    webhook: webhookSettings(given, cleared("webhook")),
  };
  return { settings, faults: faultsOf(given, settings) };
}

function syslogSettings(given: Given, cleared: boolean): EventSettings["syslog"] {
  const { six, name, port } = PLACE.exec(given.UBERRIMA_EVENTS_SYSLOG ?? "")?.groups ?? {};
  const host = six ?? name;
  if (host === undefined) return null;
  return {
    host,
    port: port === undefined ? SYSLOG_PORT : Number(port),
    caFile: given.UBERRIMA_EVENTS_SYSLOG_CA ?? null,
    certFile: given.UBERRIMA_EVENTS_SYSLOG_CERT ?? null,
    keyFile: given.UBERRIMA_EVENTS_SYSLOG_KEY ?? null,
    confirmSeconds: given.UBERRIMA_EVENTS_SYSLOG_CONFIRM_SECONDS,
    cleared,
  };
}

function webhookSettings(given: Given, cleared: boolean): EventSettings["webhook"] {
  const url = given.UBERRIMA_EVENTS_WEBHOOK;
  if (url === undefined) return null;
  const tokenFile = given.UBERRIMA_EVENTS_WEBHOOK_TOKEN_FILE ?? null;
  return { url, tokenFile, caFile: given.UBERRIMA_EVENTS_WEBHOOK_CA ?? null, cleared };
}

function faultsOf(given: Given, settings: EventSettings): string[] {
  const { syslog } = settings;
  const port = syslog?.port ?? SYSLOG_PORT;
  const certificateAlone =
    (given.UBERRIMA_EVENTS_SYSLOG_CERT === undefined) !== (given.UBERRIMA_EVENTS_SYSLOG_KEY === undefined);
  // Whoever clears a stream that is not there has meant another one.
  const unset = given.UBERRIMA_EVENTS_CLEARED.some((stream) => settings[stream] === null);
  return [
    ...(port < 1 || port > 65_535 ? ["UBERRIMA_EVENTS_SYSLOG: the port must be 1 to 65535"] : []),
    ...(certificateAlone ? ["UBERRIMA_EVENTS_SYSLOG_CERT and UBERRIMA_EVENTS_SYSLOG_KEY: set both or neither"] : []),
    ...(unset ? ["UBERRIMA_EVENTS_CLEARED: names a stream that is not set"] : []),
  ];
}
