// The lines of a preview under one digest, and the seals of what became of them.
import { createHash, hash } from "node:crypto";
import { asToken, lengthPrefixed, type Token, type Uuid } from "../kernel/bytes.ts";
import type { RetentionContext } from "./context.ts";
import type { Line, Outcome, StoredOutcome } from "./disposal-store.ts";
import { RetentionError } from "./errors.ts";

/** Lower-case hex; every member of every line, in order. */
export function digestOf(disposalId: Uuid, lines: readonly Line[]): string {
  const whole = createHash("sha256").update(lengthPrefixed("uberrima/disposal/v1", disposalId, String(lines.length)));
  for (const line of lines) {
    const { line: number, verdict, customerId, unitId, kind, entity, business, rule, source, dueOn, reason } = line;
    const words = [verdict, customerId, unitId, kind, entity, business, rule, source, dueOn, reason];
    whole.update(lengthPrefixed(String(number), ...words.map((word) => word ?? "")));
  }
  return whole.digest("hex");
}

export function sealed({ keys }: Pick<RetentionContext, "keys">, disposalId: Uuid, outcome: Outcome): StoredOutcome {
  return { ...outcome, seal: sealOf(keys, disposalId, outcome) };
}

/** Throws RetentionError `not-believed`: nobody else says what was erased and what was left. */
export function assertSealed(
  { keys }: Pick<RetentionContext, "keys">,
  disposalId: Uuid,
  outcomes: readonly StoredOutcome[],
): void {
  for (const one of outcomes)
    if (Buffer.compare(asToken(one.seal), sealOf(keys, disposalId, one)) !== 0)
      throw new RetentionError("not-believed");
}

function sealOf(keys: RetentionContext["keys"], disposalId: Uuid, one: Outcome): Token {
  return keys.keyedDigest(
    "disposal-outcome",
    disposalId,
    String(one.line),
    one.outcome,
    one.reason ?? "",
    one.erasureId ?? "",
  );
}

/** Lower-case hex. */
export function sha256Of(bytes: Uint8Array): string {
  return hash("sha256", bytes, "hex");
}
