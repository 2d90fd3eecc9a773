// Flags on customers (protection order, restricted, employee, VIP, minor, deceased): set, ended, and which are active.
import type { Uuid } from "../kernel/bytes.ts";
import { newId, newIdAt, timeOf } from "../kernel/ids.ts";
import type { Flag } from "../kernel/vocabulary.ts";
import type { AuthorityFlag, AuthorityState } from "../keys/keys.ts";
import { recordAct } from "./act.ts";
import type { Action } from "./actions.ts";
import { lockForChange, saveCustomers, type LockedCustomer } from "./change-customers.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import { checkPeriod } from "./period.ts";
import { requireRight } from "./right.ts";
import type { Within } from "./within.ts";

/** Five fill the one size that sealed states have; more are possible, since protecting somebody counts for more than hiding how often. */
const FLAGS_MAX = 32;

export interface FlagRequest {
  readonly customerId: Uuid;
  readonly kind: Flag;
  /** Now, when left out. */
  readonly startsAt?: Date | undefined;
  /** Null while no end is known. */
  readonly endsAt: Date | null;
  /** Why; kept sealed in the entry's detail. */
  readonly reason?: string | undefined;
}

/** Returns the flag's id. Throws AccessError `not-permitted`, `bad-period`, `unknown-customer`, `erased`, `too-many-flags`, `forged-authority`. */
export async function setFlag(context: AccessContext, within: Within, request: FlagRequest): Promise<Uuid> {
  requireRight(context, within.actor, "flag.set");
  const now = context.clock.now();
  const { customerId, kind, endsAt, startsAt = now } = request;
  checkPeriod({ startsAt, endsAt }, now);
  const customer = await lockOne(context, within, customerId);
  const flag: AuthorityFlag = {
    // INVARIANT: its time is when the flag was written down, under the seal of the state (protectedSince).
    id: newIdAt(now),
    kind,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
  };
  // Flags that are over make room; what they were stands in the ledger.
  const kept = customer.state.flags.filter((each) => !isOver(each, now));
  if (kept.length >= FLAGS_MAX) throw new AccessError("too-many-flags");
  const { reason } = request;
  await writeFlags(context, within, { action: "flag.set", customer, flags: [...kept, flag], flag, reason });
  return flag.id;
}

/** Ends a flag now, or one not yet begun before it begins. Throws AccessError as setFlag does, and `unknown-flag`. */
export async function endFlag(
  context: AccessContext,
  within: Within,
  target: { readonly customerId: Uuid; readonly flagId: Uuid },
): Promise<void> {
  requireRight(context, within.actor, "flag.end");
  const now = context.clock.now();
  const customer = await lockOne(context, within, target.customerId);
  const flag = customer.state.flags.find(({ id }) => id === target.flagId);
  if (flag === undefined || isOver(flag, now)) throw new AccessError("unknown-flag");
  const over = { ...flag, endsAt: (new Date(flag.startsAt) > now ? new Date(flag.startsAt) : now).toISOString() };
  const flags = customer.state.flags.map((each) => (each.id === flag.id ? over : each));
  await writeFlags(context, within, { action: "flag.end", customer, flags, flag: over });
}

/** The kinds of the flags that are active at `now`, each once. */
export function activeFlags(state: Pick<AuthorityState, "flags">, now: Date): Flag[] {
  const active = state.flags.filter((flag) => new Date(flag.startsAt) <= now && !isOver(flag, now));
  return [...new Set(active.map(({ kind }) => kind))];
}

/** Whether a protection order stands. True as well where the state is not there to be believed: nothing is told on the strength of that. */
export function isProtected(state: Pick<AuthorityState, "flags"> | null | undefined, now: Date): boolean {
  return state == null || activeFlags(state, now).includes("protection-order");
}

/**
 * Since when the newest protection order in force protects somebody; null where none is. INVARIANT: never from before it was written down, whatever day the
 * court's order is of: until then whoever it is against could sign in, and what was begun or added in between proves nothing.
 */
export function protectedSince({ flags }: Pick<AuthorityState, "flags">, now: Date): Date | null {
  const orders = flags.filter((flag) => activeFlags({ flags: [flag] }, now).includes("protection-order"));
  const times = orders.flatMap(({ id, startsAt }) => [Date.parse(startsAt), timeOf(id)?.getTime() ?? 0]);
  return times.length === 0 ? null : new Date(Math.max(...times));
}

function isOver(flag: AuthorityFlag, now: Date): boolean {
  return flag.endsAt !== null && new Date(flag.endsAt) <= now;
}

async function lockOne(context: AccessContext, within: Within, customerId: Uuid): Promise<LockedCustomer> {
  const [customer] = await lockForChange(context, within.tx, [customerId]);
  if (customer === undefined) throw new AccessError("unknown-customer");
  return customer;
}

interface FlagsChange {
  readonly action: Action;
  readonly customer: LockedCustomer;
  readonly flags: readonly AuthorityFlag[];
  readonly flag: AuthorityFlag;
  readonly reason?: string | undefined;
}

async function writeFlags(context: AccessContext, within: Within, change: FlagsChange): Promise<void> {
  const { action, customer: before, flags, flag, reason } = change;
  const act = newId();
  const written = await saveCustomers(context, within.tx, act, [{ before, state: { ...before.state, flags } }]);
  await within.also?.(within.tx, [flag.id]);
  await recordAct(context, within.tx, within.actor, {
    entryId: act,
    kind: "flag",
    action,
    written,
    customers: [before.customerId],
    detail: { flag: { ...flag }, ...(reason === undefined ? {} : { reason }) },
  });
}

/** Those that began or were written down since, whatever day they carry: a court's order may be of an earlier one. */
export function flagsSince({ flags }: Pick<AuthorityState, "flags">, since: Date): readonly AuthorityFlag[] {
  return flags.filter(({ id, startsAt }) => new Date(startsAt) >= since || (timeOf(id) ?? since) >= since);
}
