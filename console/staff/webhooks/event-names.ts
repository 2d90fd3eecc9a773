// What webhooks can be told of, in the order of a file's life.
import type { AskingOf } from "../../shared/ask.ts";

export const EVENTS = [
  "disclosure.made",
  "disclosure.denied",
  "record.corrected",
  "preference.changed",
  "representation.changed",
  "customer.flag-changed",
  "customer.restricted",
  "customer.restriction-ended",
  "customer.erasure-requested",
  "customer.erased",
] as const satisfies AskingOf<"requestWebhook">["body"]["types"];
