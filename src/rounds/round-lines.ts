// The lines of a preview under one digest, and the seals of what became of them.
import { createHash } from "node:crypto";
import { asToken, lengthPrefixed, type Token, type Uuid } from "../kernel/bytes.ts";
import type { RoundsContext } from "./context.ts";
import { RoundError } from "./errors.ts";
import type { Line, Outcome, StoredOutcome } from "./round-store.ts";

/** Lower-case hex; every member of every line, in order, of one version of one notice. */
export function digestOf(
  roundId: Uuid,
  of: { readonly notice: string; readonly version: string },
  lines: readonly Line[],
): string {
  const head = lengthPrefixed("uberrima/notice-round/v1", roundId, of.notice, of.version, String(lines.length));
  const whole = createHash("sha256").update(head);
  for (const { line, verdict, customerId, why, channel, language, reason } of lines)
    whole.update(lengthPrefixed(String(line), verdict, customerId, why, channel, language, reason ?? ""));
  return whole.digest("hex");
}

export function sealed({ keys }: Pick<RoundsContext, "keys">, roundId: Uuid, outcome: Outcome): StoredOutcome {
  return { ...outcome, seal: sealOf(keys, roundId, outcome) };
}

/** Throws RoundError `not-believed`: nobody else says who was written to and who was not. */
export function assertSealed(
  { keys }: Pick<RoundsContext, "keys">,
  roundId: Uuid,
  outcomes: readonly StoredOutcome[],
): void {
  for (const one of outcomes)
    if (Buffer.compare(asToken(one.seal), sealOf(keys, roundId, one)) !== 0) throw new RoundError("not-believed");
}

function sealOf(keys: RoundsContext["keys"], roundId: Uuid, one: Outcome): Token {
  const { line, outcome, channel, reason, sentAs } = one;
  return keys.keyedDigest("notice-outcome", roundId, String(line), outcome, channel ?? "", reason ?? "", sentAs ?? "");
}
