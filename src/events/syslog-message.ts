// A security event as a syslog message (RFC 5424) in an octet-counted frame (RFC 5425 4.3.1).
import type { SecurityEvent } from "./ocsf.ts";
import { SEVERITY } from "./ocsf.ts";

/** RFC 5424 6.2.1, table 1: "log audit". */
const FACILITY_LOG_AUDIT = 13;
/** RFC 5612: the enterprise number for examples; ours has not been registered. */
const ENTERPRISE = 32473;
/** RFC 5424 7.3.1: starts at 1 and wraps. */
const SEQUENCE_ID_MAX = 2_147_483_647;

/** RFC 5424 6.2.1, table 2: critical 2, warning 4, notice 5, informational 6. */
const SYSLOG_SEVERITIES: Readonly<Record<number, number>> = {
  [SEVERITY.informational]: 6,
  [SEVERITY.low]: 5,
  [SEVERITY.medium]: 4,
  [SEVERITY.high]: 4,
  [SEVERITY.critical]: 2,
};

/** `host`: printable ASCII without spaces, at most 255 characters; `-` where it is not. */
export function syslogMessage({ happening, sequence, severityId, json }: SecurityEvent, host: string): string {
  const { entryId, kind, outcome, at } = happening;
  const priority = FACILITY_LOG_AUDIT * 8 + (SYSLOG_SEVERITIES[severityId] ?? 5);
  const time = at === null ? "-" : new Date(at * 1000).toISOString();
  const data = [
    element("meta", { sequenceId: String(((sequence - 1) % SEQUENCE_ID_MAX) + 1) }),
    element(`uberrima@${ENTERPRISE}`, { id: entryId, sequence: String(sequence), kind, outcome: outcome ?? "unknown" }),
  ];
  // The process is left out: a repeated message is the same to the last byte, whichever process sends it.
  return `<${priority}>1 ${time} ${hostName(host)} uberrima - ${kind} ${data.join("")} ${json}`;
}

export function framed(message: string): string {
  // ASCII: as many octets as characters.
  return `${message.length} ${message}`;
}

function element(id: string, parameters: Readonly<Record<string, string>>): string {
  const parts = Object.entries(parameters).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `[${id}${parts.join("")}]`;
}

/** RFC 5424 6.3.3. */
function escaped(value: string): string {
  return value.replaceAll(/["\\\]]/g, (character) => `\\${character}`);
}

function hostName(host: string): string {
  return /^[\x21-\x7e]{1,255}$/.test(host) ? host : "-";
}
