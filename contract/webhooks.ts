// Events told to other systems: webhooks, their deliveries, replay.
import { z } from "zod";
import { cursor, id, instant, pageLimit, written } from "./common.ts";

export const eventType = z
  .enum([
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
  ])
  .describe("What is told; sent as `uberrima.<type>.v1`");
export const webhookState = z
  .enum(["requested", "in-force", "paused"])
  .describe("`requested` waits for a second person; nothing is sent before");

export const webhookDraft = z.strictObject({
  name: written(80).describe("For people to tell it from others"),
  url: z
    .string()
    .min(9)
    .max(2000)
    .describe("https, without a user; a public address, unless the operator allows others"),
  types: z.array(eventType).min(1).max(20),
});
export const webhookParams = z.strictObject({ webhookId: id });
export const webhook = z.strictObject({
  webhookId: id,
  name: z.string(),
  url: z.string(),
  types: z.array(eventType),
  state: webhookState,
  requestedBy: id,
  requestedAt: instant,
  approvedBy: id.nullable(),
  approvedAt: instant.nullable().describe("Events since then are sent"),
  pausedAt: instant.nullable(),
});
export const webhookMade = z.strictObject({
  webhook,
  secret: z
    .string()
    .nullable()
    .describe(
      "`whsec_` and base64, to verify signatures with (Standard Webhooks). Shown once: null in the answer to a repetition",
    ),
});
export const webhookList = z.strictObject({
  items: z.array(
    webhook.extend({
      waiting: z.number().int().nonnegative().describe("Deliveries that are still to be made"),
      dead: z.number().int().nonnegative().describe("Deliveries given up after the last try"),
    }),
  ),
});
export const webhookChange = z.strictObject({
  paused: z.boolean().describe("What happens while it is paused can be replayed"),
});

export const deliveryState = z.enum(["waiting", "delivered", "dead"]);
export const deliveryQuery = z.strictObject({
  state: deliveryState.optional(),
  cursor: cursor.optional(),
  limit: pageLimit,
});
export const delivery = z.strictObject({
  entryId: id.describe("The ledger's entry; sent as `webhook-id`"),
  type: z.string(),
  state: deliveryState,
  attempts: z.number().int().nonnegative(),
  dueAt: instant.describe("While it waits: when it is tried next; afterwards: when it ended"),
  outcome: z
    .string()
    .nullable()
    .describe(
      "A code: delivered, refused, receiver-unavailable, receiver-stalled, receiver-untrusted, private-destination …",
    ),
  status: z.number().int().nullable().describe("The HTTP status that was answered last"),
  madeAt: instant,
});
export const webhookReplay = z.discriminatedUnion("what", [
  z.strictObject({ what: z.literal("dead").describe("All dead letters") }),
  z.strictObject({ what: z.literal("entries"), entryIds: z.array(id).min(1).max(200).describe("Some dead letters") }),
  z.strictObject({ what: z.literal("since"), since: instant.describe("Everything since then, read from the ledger") }),
]);
export const webhookReplayed = z.strictObject({ webhookId: id, events: z.number().int().nonnegative().nullable() });
