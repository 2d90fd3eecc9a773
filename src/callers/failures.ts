// Failures of callers, counted where nobody takes them back unseen: in the ledger.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { CallersContext } from "./context.ts";
import { CallersError } from "./errors.ts";

const FAILURES_MAX = 3;
const WINDOW_MS = 3_600_000;
const LOOKED_AT = 100;

/** Throws CallersError `file-locked` after three failures within an hour, unless a supervisor unlocked the file since. */
export async function assertUnlocked(context: CallersContext, customerId: Uuid): Promise<void> {
  if (await isLocked(context, customerId)) throw new CallersError("file-locked");
}

/** `judged`: tries under way that may become failures. */
export async function isLocked(context: CallersContext, customerId: Uuid, judged = 0): Promise<boolean> {
  return (await openFailures(context, customerId)).length + judged >= FAILURES_MAX;
}

/** By whom, one for each: those within the hour that no supervisor has unlocked the file after. */
export async function openFailures(
  { ledger, clock }: Pick<CallersContext, "ledger" | "clock">,
  customerId: Uuid,
): Promise<readonly Uuid[]> {
  const from = new Date(clock.now().getTime() - WINDOW_MS);
  const filter = { kinds: ["caller-check"], customerId, from } as const;
  const failed = await ledger.list({ ...filter, outcomes: ["denied"] }, { limit: LOOKED_AT }, "cleared");
  if (failed.items.length === 0) return [];
  // What unlocks is the only partial one of its kind.
  const unlocked = await ledger.list({ ...filter, outcomes: ["partial"] }, { limit: LOOKED_AT }, "cleared");
  const last = Math.max(-1, ...unlocked.items.map(({ index }) => index));
  return failed.items.filter(({ index }) => index > last).flatMap(({ actorId }) => actorId ?? []);
}

type What = "failed" | "unlocked";

/** An entry of its own, committed before anything is answered. */
export async function record(
  { ledger }: Pick<CallersContext, "ledger">,
  what: What,
  about: { readonly customerId: Uuid; readonly actorId: Uuid; readonly callId: Uuid | null; readonly factor: string },
): Promise<void> {
  await ledger.append({
    entryId: newId(),
    kind: "caller-check",
    outcome: what === "failed" ? "denied" : "partial",
    actorId: about.actorId,
    customerId: about.customerId,
    recipientId: null,
    purpose: null,
    basis: "role-duty",
    classes: [],
    withheld: false,
    detail: { action: `caller.${what}`, call: about.callId, factor: about.factor },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
}
