// The routes of webhooks.
import { deleteWebhooksId } from "./delete-webhooks-id.ts";
import { getWebhooksIdDeliveries } from "./get-webhooks-id-deliveries.ts";
import { getWebhooks } from "./get-webhooks.ts";
import { patchWebhooksId } from "./patch-webhooks-id.ts";
import { postWebhooksIdApproval } from "./post-webhooks-id-approval.ts";
import { postWebhooksIdReplays } from "./post-webhooks-id-replays.ts";
import { postWebhooksIdSecret } from "./post-webhooks-id-secret.ts";
import { postWebhooks } from "./post-webhooks.ts";

export const WEBHOOK_ROUTES = [
  postWebhooks,
  getWebhooks,
  postWebhooksIdApproval,
  patchWebhooksId,
  postWebhooksIdSecret,
  deleteWebhooksId,
  getWebhooksIdDeliveries,
  postWebhooksIdReplays,
] as const;
