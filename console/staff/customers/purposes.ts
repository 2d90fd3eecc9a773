// What customer information is asked for: the purposes a person is registered for, the usual one preselected; the choice lives in the page's memory.
import { useSyncExternalStore } from "react";
import type { AnswerOf } from "../../shared/ask.ts";
import { type Session, useSession } from "../../shared/session.ts";

export type Purpose = AnswerOf<"getSession">["purposes"][number];
export type UnitKind = AnswerOf<"viewCustomerMasked">["units"][number]["kind"];

/** By the kind of unit in hand, the likeliest first; the person's own registration decides which of them there is. */
const BY_KIND: Readonly<Record<UnitKind, readonly Purpose[]>> = {
  claim: ["claim-handling", "medical-review", "fraud-investigation", "litigation", "vendor-processing"],
  policy: ["policy-servicing", "underwriting", "billing", "claim-handling", "group-administration"],
  application: ["underwriting", "quote"],
  investigation: ["fraud-investigation", "litigation"],
  relationship: ["policy-servicing", "claim-handling", "billing"],
};
/** Asked for by whoever has to, chosen by nobody else's hand. */
const NEVER_USUAL: ReadonlySet<Purpose> = new Set(["emergency"]);

const NOT_OF_CUSTOMERS: ReadonlySet<Purpose> = new Set(["administration", "emergency"]);

/** Whoever asks for customer information at all, by a purpose of their own. */
export function asksForCustomers({ purposes }: Pick<Session, "purposes">): boolean {
  return purposes.some((purpose) => !NOT_OF_CUSTOMERS.has(purpose));
}

export function usualPurpose(purposes: readonly Purpose[], kind?: UnitKind): Purpose {
  const wanted = kind === undefined ? [] : BY_KIND[kind];
  const usual = purposes.find((purpose) => !NEVER_USUAL.has(purpose));
  return wanted.find((purpose) => purposes.includes(purpose)) ?? usual ?? purposes[0] ?? "administration";
}

let chosen: Purpose | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function choosePurpose(purpose: Purpose): void {
  chosen = purpose;
  for (const listener of listeners) listener();
}

/** For looking for customers and for masked views. */
export function usePurpose(): Purpose {
  const { purposes } = useSession();
  const held = useSyncExternalStore(subscribe, () => chosen);
  return held !== null && purposes.includes(held) ? held : usualPurpose(purposes);
}
