// What every change of a stored principal has in common: lock, verify, change, one revision further, sign, record.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { recordAct } from "./act.ts";
import type { Action } from "./actions.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import { principalAct } from "./principal-act.ts";
import { principalParts, type StoredPrincipal } from "./principal-row.ts";
import { lockPrincipal, updatePrincipal } from "./principal-store.ts";
import { lockedPrincipal } from "./read-principal.ts";
import type { Within } from "./within.ts";

export interface Change {
  readonly principalId: Uuid;
  readonly action: Action;
  /** What differs, given what stands; throws AccessError where the change does not fit. */
  readonly to: (before: StoredPrincipal) => Partial<StoredPrincipal>;
}

const CUSTOMER_ACTIONS: ReadonlySet<Action> = new Set(["client.suspend", "client.resume"]);

/** Returns the new revision. Throws AccessError `unknown-client`, `forged-authority`, `stale-actor`, and whatever `to` throws. */
export async function changePrincipal(context: AccessContext, within: Within, change: Change): Promise<number> {
  const { tx, actor } = within;
  const row = await lockPrincipal(tx, change.principalId);
  // The system principal is nobody's to change. What a customer may see follows from their file: they are stopped for a while, and nothing else.
  if (row === null || !mayChange(String(row["kind"]), change.action)) throw new AccessError("unknown-client");
  const before = lockedPrincipal(context, row);
  if (before === null) throw new AccessError("forged-authority");
  if (actor.principalId === before.principalId && actor.revision !== before.revision)
    throw new AccessError("stale-actor");
  const after = { ...before, ...change.to(before), revision: before.revision + 1, act: newId() };
  await updatePrincipal(tx, after, context.keys.authorityMac(principalParts(after)));
  const granted = (await within.grants?.({ tx, act: after.act, principalId: after.principalId })) ?? [];
  await within.also?.(tx, [after.principalId]);
  await recordAct(context, tx, actor, principalAct(after, change.action, granted));
  return after.revision;
}

function mayChange(kind: string, action: Action): boolean {
  return kind === "client" || kind === "staff" || (kind === "customer" && CUSTOMER_ACTIONS.has(action));
}
