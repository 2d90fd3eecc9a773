// Other domains' writes of authority, under the same rules as this domain's: the right, one transaction, and the ledger's entry last.
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import { type Act, recordAct, type WrittenRow } from "./act.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import { type ChangeFlags, moveCustomer } from "./move-customer.ts";
import { changeDisputes, type DisputeChange } from "./disputes.ts";
import { changeHolds, type HoldsChange } from "./holds.ts";
import { movePrincipal } from "./move-principal.ts";
import { type Attempt, believe, perform } from "./perform.ts";
import { requireRight } from "./right.ts";
import type { Within } from "./within.ts";

/** What the work of another domain is done within. */
export interface Writing extends Pick<Within, "tx" | "actor"> {
  /** The entry that will be appended: rows written now name it as their act. */
  readonly act: Uuid;
  /**
   * One revision further, for what the principal's decisions rest on and is stored elsewhere: a decision taken before is found stale. Before anything else is
   * locked, several in order of their ids; what it returns is among `written`. Throws AccessError `unknown-client`, `stale-actor`.
   */
  readonly movePrincipal: (principalId: Uuid) => Promise<WrittenRow>;
  /**
   * The same for a customer of whom something that decisions rest on changes; `flags`, where given, makes the flags from those that stand. Throws AccessError
   * `unknown-customer`, `erased`, `forged-authority`.
   */
  readonly moveCustomer: (customerId: Uuid, flags?: ChangeFlags) => Promise<WrittenRow>;
  /** Legal holds in the sealed states of customers, each one revision further. As `changeHolds` (holds.ts); what it returns is among `written`. */
  readonly changeHolds: (change: HoldsChange) => Promise<readonly WrittenRow[]>;
  /** Which fields are disputed, in the sealed state of the customer, one revision further. Throws as `moveCustomer`, and AccessError `too-many-disputes`. */
  readonly changeDisputes: (customerId: Uuid, change: DisputeChange) => Promise<WrittenRow>;
}

export interface Done<Result> {
  readonly result: Result;
  readonly written: readonly WrittenRow[];
  /** Whose files the act is about. */
  readonly customers?: readonly Uuid[];
  /** Whom in the register of recipients it is about. */
  readonly recipient?: Uuid;
  readonly detail?: { readonly [key: string]: Json };
  /** What `also` is told; the act's id when left out. */
  readonly ids?: readonly Uuid[];
}

/** `targets`: for the entry of a refusal. Throws AccessError `not-permitted` (recorded), `stale-actor`, and whatever `work` throws. */
export async function writeForOthers<Result>(
  context: AccessContext,
  attempt: Attempt,
  work: (writing: Writing) => Promise<Done<Result>>,
): Promise<Result> {
  const moved = new Set<Uuid>();
  try {
    const result = await perform(context, attempt, (within) => writeWithin(context, attempt, within, { work, moved }));
    await believe(context, moved);
    return result;
  } finally {
    // Also after a failure: a commit whose answer was lost has moved them all the same.
    for (const principalId of moved) context.forget(principalId);
  }
}

interface Work<Result> {
  readonly work: (writing: Writing) => Promise<Done<Result>>;
  readonly moved: Set<Uuid>;
}

async function writeWithin<Result>(
  context: AccessContext,
  attempt: Attempt,
  { tx, actor, also }: Within,
  { work, moved }: Work<Result>,
): Promise<Result> {
  requireRightOrOwn(context, attempt);
  const entryId = newId();
  const move: Writing["movePrincipal"] = (principalId) => {
    moved.add(principalId);
    return movePrincipal(context, tx, actor, { principalId, act: entryId });
  };
  const moveOne: Writing["moveCustomer"] = (customerId, flags) =>
    moveCustomer(context, tx, { customerId, act: entryId, flags });
  const holds: Writing["changeHolds"] = (change) => changeHolds(context, tx, entryId, change);
  const { result, written, customers, recipient, detail, ids } = await work({
    tx,
    actor,
    act: entryId,
    movePrincipal: move,
    moveCustomer: moveOne,
    changeHolds: holds,
    changeDisputes: (customerId, change) => changeDisputes(context, tx, { customerId, act: entryId, ...change }),
  });
  await also?.(tx, ids ?? [entryId]);
  const { kind, action } = attempt;
  const act: Act = {
    entryId,
    kind,
    action,
    written,
    ...(attempt.withheld === undefined ? {} : { withheld: attempt.withheld }),
    ...(customers === undefined ? {} : { customers }),
    ...(recipient === undefined ? {} : { recipient }),
    ...(detail === undefined ? {} : { detail }),
  };
  await recordAct(context, tx, actor, act);
  return result;
}

function requireRightOrOwn(context: AccessContext, { actor, action, targets, isOwn }: Attempt): void {
  if (isOwn !== true) return requireRight(context, actor, action);
  if (targets.length !== 1 || targets[0] !== actor.principalId) throw new AccessError("not-permitted");
}
