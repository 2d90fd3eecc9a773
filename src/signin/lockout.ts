// Who may try now: attempts are counted by account and place, by account, by place, and apart for devices that the account's owner has used.
import { isIPv6 } from "node:net";
import type { Token } from "../kernel/bytes.ts";
import { countAttempt, forgetAttempts } from "./attempt-store.ts";
import type { SignInContext } from "./context.ts";
import { SignInError } from "./errors.ts";
import { recordLockout, type Trying } from "./record.ts";
import type { BackOff } from "./policy.ts";

interface Bucket {
  readonly token: Token;
  readonly limit: BackOff;
  /** Set back by the right answer; what counts a whole place is not. */
  readonly isOwn: boolean;
}

/**
 * Counts the attempt and runs it; what it counted is taken back when it returns. Throws SignInError `locked` with the time to wait, alike for
 * accounts that exist and those that do not, and whatever the attempt throws.
 */
export async function tried<Result>(
  context: SignInContext,
  trying: Trying,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const { database, clock, policy } = context;
  const { windowSeconds } = policy.lockout;
  const buckets = bucketsOf(context, trying);
  for (const { token, limit } of buckets) {
    const now = clock.now();
    const counted = await countAttempt(database, token, { ...limit, windowSeconds }, now);
    if (!counted.mayTry) {
      const retryAfterSeconds = Math.ceil((counted.lockedUntil.getTime() - now.getTime()) / 1000);
      throw new SignInError("locked", undefined, { retryAfterSeconds: Math.max(1, retryAfterSeconds) });
    }
    if (counted.failures === limit.after) await recordLockout(context, trying);
  }
  const result = await attempt();
  await forgetAttempts(
    database,
    buckets.filter(({ isOwn }) => isOwn).map(({ token }) => token),
  );
  return result;
}

/** INVARIANT: where the owner's device is known nothing else counts, so that whoever fails elsewhere cannot lock the owner out. */
function bucketsOf({ keys, policy }: SignInContext, { account, what, address, deviceId }: Trying): readonly Bucket[] {
  const bucket = (limit: BackOff, isOwn: boolean, ...parts: readonly string[]): Bucket => ({
    token: keys.keyedDigest("sign-in-attempt", what, ...parts),
    limit,
    isOwn,
  });
  const { device, accountFromOnePlace, account: whole, place } = policy.lockout;
  if (deviceId !== null) return [bucket(device, true, "device", account, deviceId)];
  const from = placeOf(address);
  return [
    bucket(place, false, "place", from),
    bucket(accountFromOnePlace, true, "account-place", account, from),
    bucket(whole, true, "account", account),
  ];
}

/** One household or office has one IPv4 address, or the 64 bits of an IPv6 network (RFC 6177). */
function placeOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = "", tail] = address.split("::", 2);
  const groups = head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(":").length;
  const full = [...groups, ...Array.from({ length: Math.max(0, missing) }, () => "0"), ...(tail?.split(":") ?? [])];
  return full
    .slice(0, 4)
    .map((group) => Number.parseInt(group === "" ? "0" : group, 16).toString(16))
    .join(":");
}
