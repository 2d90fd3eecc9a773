// POST /v1/webhooks/:webhookId/secret
import type { FastifyInstance } from "fastify";
import { webhookRoutes } from "../../../contract/routes/webhooks.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { webhookAnswer } from "./webhook-answer.ts";

export function postWebhooksIdSecret(http: FastifyInstance, { downstream, idempotency }: Shell): void {
  serve(http, webhookRoutes.renewSecret, ({ params, principal, request }) => {
    const webhookId = idOf(params.webhookId);
    return idempotency.once(
      request,
      async (also) => {
        const { webhook, secret } = await downstream.renewSecret(webhookId, principal, also);
        return { webhook: webhookAnswer(webhook), secret };
      },
      // The secret was shown once.
      async () => ({ webhook: webhookAnswer(await downstream.show(webhookId)), secret: null }),
    );
  });
}
