// Challenges for passkeys: not stored while they wait, bound to what they are for, good for some minutes, and answered once.
import { randomBytes } from "node:crypto";
import { type Token, u64be, type Uuid } from "../kernel/bytes.ts";
import { spendChallenge } from "./attempt-store.ts";
import type { SignInContext } from "./context.ts";

export type ChallengeUse = "sign-in" | "step-up" | "registration" | "room";

/** What challenges and passkeys need, of whomever they are. */
export type PasskeyContext = Pick<SignInContext, "keys" | "database" | "clock" | "site">;

export interface Challenge {
  /** Goes to the browser and comes back with the answer. */
  readonly state: string;
  readonly challenge: Buffer;
}

const VALID_MS = 5 * 60_000;
const STATE_BYTES = 24;
const STATE_PATTERN = /^[A-Za-z0-9_-]{32}$/;

/** `principalId`: whose answer alone will do; null where the passkey says who it is. */
export function newChallenge(context: PasskeyContext, use: ChallengeUse, principalId: Uuid | null): Challenge {
  const state = Buffer.concat([u64be(context.clock.now().getTime() + VALID_MS), randomBytes(STATE_BYTES - 8)]);
  return { state: state.toString("base64url"), challenge: challengeOf(context, state, use, principalId) };
}

/**
 * The challenge that this state stands for, spent by asking for it; null when its time is over or it was answered before. What anybody makes up
 * stands for a challenge that they cannot know, so no signature fits it.
 */
export async function takeChallenge(
  context: PasskeyContext,
  use: ChallengeUse,
  principalId: Uuid | null,
  text: string,
): Promise<string | null> {
  if (!STATE_PATTERN.test(text)) return null;
  const state = Buffer.from(text, "base64url");
  const now = context.clock.now();
  const leftMs = Number(state.readBigUInt64BE()) - now.getTime();
  if (!(leftMs > 0 && leftMs <= VALID_MS)) return null;
  const spent = await spendChallenge(context.database, context.keys.keyedDigest("spent-challenge", state), now);
  return spent ? challengeOf(context, state, use, principalId).toString("base64url") : null;
}

function challengeOf({ keys }: PasskeyContext, state: Uint8Array, use: ChallengeUse, principalId: Uuid | null): Buffer {
  const challenge: Token = keys.keyedDigest("passkey-challenge", use, principalId ?? "", state);
  return Buffer.from(challenge);
}
