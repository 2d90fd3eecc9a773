// DELETE /v1/webhooks/:webhookId
import type { FastifyInstance } from "fastify";
import { webhookRoutes } from "../../../contract/routes/webhooks.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteWebhooksId(http: FastifyInstance, { downstream, idempotency }: Shell): void {
  serve(http, webhookRoutes.end, ({ params, principal, request }) => {
    const webhookId = idOf(params.webhookId);
    return idempotency.once(
      request,
      async (also) => {
        await downstream.end(webhookId, principal, also);
        return { id: webhookId };
      },
      () => ({ id: webhookId }),
    );
  });
}
