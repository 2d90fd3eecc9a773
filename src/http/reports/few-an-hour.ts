// How often one address may write to the channel: counted in this process alone under a key of its own, forgotten each hour, kept nowhere.
import { createHmac, randomBytes } from "node:crypto";
import { HttpError } from "../errors.ts";

const HOUR_MS = 3_600_000;

export interface Allowance {
  readonly anAddress: number;
  readonly all: number;
}

/** Throws HttpError `rate-limited`. */
export function fewAnHour({ anAddress, all }: Allowance): (address: string, now: Date) => void {
  let key = randomBytes(32);
  let endsAtMs = 0;
  let total = 0;
  const counts = new Map<string, number>();
  return (address, now) => {
    if (now.getTime() >= endsAtMs) {
      [key, endsAtMs, total] = [randomBytes(32), now.getTime() + HOUR_MS, 0];
      counts.clear();
    }
    const known = createHmac("sha256", key).update(address).digest("base64");
    const count = (counts.get(known) ?? 0) + 1;
    total += 1;
    if (count > anAddress || total > all) throw new HttpError("rate-limited", { headers: { "retry-after": "3600" } });
    counts.set(known, count);
  };
}
