// From when until when something holds: checked alike for flags and assignments.
import { AccessError } from "./errors.ts";

export interface Period {
  readonly startsAt: Date;
  /** Null while no end is known. */
  readonly endsAt: Date | null;
}

/** INVARIANT: what is sealed or MACed opens again. RFC 3339 has years of four digits, and times are kept as milliseconds since 1970. */
const EARLIEST = new Date("1970-01-01T00:00:00.000Z");
const LATEST = new Date("9999-12-31T23:59:59.999Z");

/** Throws AccessError `bad-period`. */
export function checkPeriod({ startsAt, endsAt }: Period, now: Date): void {
  for (const at of endsAt === null ? [startsAt] : [startsAt, endsAt]) {
    // Not a number is neither early nor late.
    if (!(at >= EARLIEST && at <= LATEST)) throw new AccessError("bad-period");
  }
  if (endsAt !== null && (endsAt <= startsAt || endsAt <= now)) throw new AccessError("bad-period");
}
