// What other systems can be told of, and which entries of the ledger that is.
import type { Happening } from "../events/stream.ts";

export const EVENT_TYPES = [
  "customer.erasure-requested",
  "customer.erased",
  "customer.restricted",
  "customer.restriction-ended",
  "customer.flag-changed",
  "record.corrected",
  "disclosure.made",
  "disclosure.denied",
  "preference.changed",
  "representation.changed",
  "request.due",
  "authorization.given",
  "authorization.refused",
  "authorization.withdrawn",
  "package.made",
  "package.picked-up",
  "package.revoked",
  "package.expired",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/**
 * Null for what nobody is told of: reads, sign-ins, administration, and attempts that were refused. INVARIANT: nothing of a legal demand, all of whose entries
 * are withheld: who is told of it and when is the law's to say (src/demands).
 */
export function eventTypeOf(happening: Happening): EventType | null {
  const { kind, outcome, action, flag } = happening;
  if (kind === "disclosure") return outcome === "denied" ? "disclosure.denied" : "disclosure.made";
  if (outcome !== "done") return null;
  if (kind === "record-correct") return "record.corrected";
  if (kind === "erasure") return "customer.erasure-requested";
  if (kind === "erasure-final") return "customer.erased";
  if (kind === "flag") return flagType(action, flag);
  // Once a threshold: the server writes one such entry for each letter before, on and after the day.
  if (action === "right.remind") return "request.due";
  if (kind === "authorization") return authorizationType(happening);
  if (kind === "package") return packageType(happening);
  if (action === "preference.set") return "preference.changed";
  return action?.startsWith("representation.") === true ? "representation.changed" : null;
}

function flagType(action: Happening["action"], flag: Happening["flag"]): EventType {
  if (flag !== "restricted") return "customer.flag-changed";
  return action === "flag.end" || action === "right.lift" ? "customer.restriction-ended" : "customer.restricted";
}

function authorizationType({ action, stands }: Happening): EventType | null {
  if (action === "authorization.withdraw") return "authorization.withdrawn";
  if (action !== "authorization.record") return null;
  return stands === "refused" ? "authorization.refused" : "authorization.given";
}

/** Codes that were sent or mistyped leave a package as it was. */
function packageType({ action, stands }: Happening): EventType | null {
  if (action === "package.make") return "package.made";
  return stands === "picked-up" || stands === "revoked" || stands === "expired" ? `package.${stands}` : null;
}
