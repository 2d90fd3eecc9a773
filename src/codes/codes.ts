// One-time codes: made, kept as a keyed digest in somebody's authority row, judged once, and counted before that.
import { randomInt } from "node:crypto";
import { z } from "zod";
import { equalConstantTime, type Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import { type Counter, raiseCounters } from "../postgres/counter-store.ts";
import { CODE_ALLOWANCE } from "./allowance-store.ts";
import { CodesError } from "./errors.ts";

export { hasSettled } from "./cooling-off.ts";
export type { CodesErrorCode } from "./errors.ts";

export const CODE_LIFETIME_MS = 10 * 60_000;
export const CODE_LIFETIME_MINUTES = "10";
const DIGITS = 8;
const TRIES = 5;

/** What the row of a code holds of it. */
export const keptCode = z.strictObject({
  /** Hex; bound to the row, so that one row's code is no other's. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  triesLeft: z.int().min(0).max(TRIES),
});
export type KeptCode = z.infer<typeof keptCode>;

type DigestKeys = Pick<Keys, "keyedDigest">;

/** 26 bits: with five tries, one in twenty million. `code` is for a letter alone. */
export function newCode(keys: DigestKeys, rowId: Uuid): { readonly code: string; readonly kept: KeptCode } {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
  return { code, kept: { digest: digestOf(keys, rowId, code).toString("hex"), triesLeft: TRIES } };
}

export interface Judged {
  readonly isRight: boolean;
  /** What is to be kept; null ends the row: the code was right, or the last try is spent. */
  readonly kept: KeptCode | null;
}

/** To be called under the lock of the row's owner. Spaces and dashes are no part of a code. */
export function judgeCode(keys: DigestKeys, rowId: Uuid, kept: KeptCode, typed: string): Judged {
  const given = digestOf(keys, rowId, typed.replaceAll(/[\s-]/g, ""));
  const isRight = equalConstantTime(given, Buffer.from(kept.digest, "hex")) && kept.triesLeft > 0;
  const triesLeft = kept.triesLeft - 1;
  return { isRight, kept: isRight || triesLeft <= 0 ? null : { ...kept, triesLeft } };
}

function digestOf(keys: DigestKeys, rowId: Uuid, code: string): Buffer {
  return Buffer.from(keys.keyedDigest("one-time-code", rowId, code));
}

export interface Allowance {
  /** Who or what is counted. Values may be personal: only a keyed digest of them is kept, until the window ends. */
  readonly of: readonly string[];
  readonly most: number;
  readonly windowMs: number;
}

export interface AllowanceParts {
  readonly database: Querier;
  readonly keys: DigestKeys;
  readonly clock: Clock;
}

/** Counts first, atomically: of any number at once no more get through than are allowed. Throws CodesError `too-many`. */
export async function spend(parts: AllowanceParts, allowances: readonly Allowance[]): Promise<void> {
  const now = parts.clock.now();
  const counters = allowances.map(({ of, windowMs }): Counter => {
    const window = Math.floor(now.getTime() / windowMs);
    const token = parts.keys.keyedDigest("code-allowance", String(windowMs), String(window), ...of);
    return { token, endsAt: new Date((window + 1) * windowMs) };
  });
  const spent = await raiseCounters(parts.database, CODE_ALLOWANCE, counters, now);
  const over = counters.filter(
    ({ token }, at) => (spent.get(Buffer.from(token).toString("hex")) ?? Infinity) > (allowances[at]?.most ?? 0),
  );
  const until = Math.max(0, ...over.map(({ endsAt }) => endsAt.getTime()));
  if (over.length > 0) throw new CodesError("too-many", Math.max(1, Math.ceil((until - now.getTime()) / 1000)));
}
