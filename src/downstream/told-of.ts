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
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Null for what nobody is told of: reads, sign-ins, administration, and attempts that were refused. */
export function eventTypeOf(happening: Happening): EventType | null {
  const { kind, outcome, action, flag } = happening;
  if (kind === "disclosure") return outcome === "denied" ? "disclosure.denied" : "disclosure.made";
  if (outcome !== "done") return null;
  if (kind === "record-correct") return "record.corrected";
  if (kind === "erasure") return "customer.erasure-requested";
  if (kind === "erasure-final") return "customer.erased";
  if (kind === "flag") return flagType(action, flag);
  if (action === "preference.set") return "preference.changed";
  return action?.startsWith("representation.") === true ? "representation.changed" : null;
}

function flagType(action: Happening["action"], flag: Happening["flag"]): EventType {
  if (flag !== "restricted") return "customer.flag-changed";
  return action === "flag.end" || action === "right.lift" ? "customer.restriction-ended" : "customer.restricted";
}
