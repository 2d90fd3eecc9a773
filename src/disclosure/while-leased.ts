// Bounds how long after its entry an answer may go out: one lease, the same that erasures wait for.
import { KeysError } from "../keys/keys.ts";
import { VaultError } from "../vault/vault.ts";
import type { GateContext } from "./context.ts";
import { GateError } from "./errors.ts";

/** A question that was overtaken is asked once more: what it shows is decided, recorded and released anew, and nothing of the first went out. */
export const ASKED_MAX = 2;

/**
 * INVARIANT: what was recorded is released within a lease of being sent to the ledger, which checks its authority once more, or not at all: a process
 * that was frozen or cut off in between wakes to a world in which the client may be suspended, the customer flagged, the erasure final. The entry
 * stands and says more than was shown. Throws GateError "busy" then, and when what was decided on was erased before it could be opened; after so many
 * `tries`, of which only work that does nothing but answer may have more than one (docs/decisions/0422).
 */
export async function whileLeased<Answer>(
  context: GateContext,
  work: (leased: GateContext) => Promise<Answer>,
  tries = 1,
): Promise<Answer> {
  for (let tried = 0; tried < tries; tried += 1) {
    const released = await withinLease(context, work);
    if (released !== null) return released.answer;
  }
  throw new GateError("busy", "what this was decided on may have changed before it could be answered; ask again");
}

/** Null: it came too late, or what it was of is not there any more. */
async function withinLease<Answer>(
  context: GateContext,
  work: (leased: GateContext) => Promise<Answer>,
): Promise<{ readonly answer: Answer } | null> {
  const { keys } = context;
  let isLive = (): boolean => true;
  const append: GateContext["append"] = (draft) => {
    isLive = keys.beginLease();
    return context.append(draft);
  };
  try {
    const answer = await work({ ...context, append });
    return isLive() ? { answer } : null;
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    return null;
  }
}

function isOvertaken(error: unknown): boolean {
  if (error instanceof GateError && error.code === "does-not-open") return isOvertaken(error.cause);
  return (
    (error instanceof KeysError && (error.code === "erased" || error.code === "lease-expired")) ||
    (error instanceof VaultError && error.code === "erased")
  );
}
