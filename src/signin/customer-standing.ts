// Whether a customer may sign in by themselves now, and from when on what signs them in counts.
import { type Access, activeFlags, type CustomerAuthority, protectedSince } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Flag } from "../kernel/vocabulary.ts";

export interface CustomerStanding {
  readonly flags: readonly Flag[];
  /** Since when the newest protection order that is in force counts. */
  readonly protectedSince: Date | null;
}

type State = CustomerAuthority["state"];

/** Null for whoever may not sign in by themselves: the dead, the erased, minors. INVARIANT: what does not verify is nobody who may. */
export async function customerStanding(
  { access, clock }: { readonly access: Pick<Access, "authoritiesOf">; readonly clock: Clock },
  customerId: Uuid,
): Promise<CustomerStanding | null> {
  return standingOf((await access.authoritiesOf([customerId])).get(customerId)?.state, clock.now());
}

function standingOf(state: State | undefined, now: Date): CustomerStanding | null {
  if (state == null || state.status === "erased") return null;
  const flags = activeFlags(state, now);
  if (flags.includes("deceased") || flags.includes("minor")) return null;
  return { flags, protectedSince: protectedSince(state, now) };
}

/**
 * Whether what signs a customer in counts now: a code, a session, a passkey of that time. INVARIANT: of the dead, the erased and minors nothing does, and
 * of whoever is protected nothing from before their order, since the other party may hold it.
 */
export function countsNow(standing: CustomerStanding | null, madeAt: Date): boolean {
  return standing !== null && (standing.protectedSince === null || madeAt >= standing.protectedSince);
}

/** The same of a session, by a state that was read with it. */
export function maySessionGoOn(state: State, startedAt: Date, now: Date): boolean {
  return countsNow(standingOf(state, now), startedAt);
}
