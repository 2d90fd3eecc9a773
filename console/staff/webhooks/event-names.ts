// What webhooks can be told of, in the order of a file's life.
import type { AskingOf } from "../../shared/ask.ts";

export const EVENTS = [
  "disclosure.made",
  "disclosure.denied",
  "record.corrected",
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
  "customer.flag-changed",
  "customer.restricted",
  "customer.restriction-ended",
  "customer.erasure-requested",
  "customer.erased",
] as const satisfies AskingOf<"requestWebhook">["body"]["types"];
