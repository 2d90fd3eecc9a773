// A webhook as the interface shows it: never its secrets.
import type { z } from "zod";
import type { webhook } from "../../../contract/webhooks.ts";
import type { SubscriptionFace } from "../../downstream/downstream.ts";

export function webhookAnswer(face: SubscriptionFace): z.output<typeof webhook> {
  const { webhookId, name, url, types, state, requestedBy, requestedAt, approvedBy, approvedAt, pausedAt } = face;
  return { webhookId, name, url, types, state, requestedBy, requestedAt, approvedBy, approvedAt, pausedAt };
}
