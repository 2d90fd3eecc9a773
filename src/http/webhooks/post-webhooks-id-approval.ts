// POST /v1/webhooks/:webhookId/approval
import type { FastifyInstance } from "fastify";
import { webhookRoutes } from "../../../contract/routes/webhooks.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { webhookAnswer } from "./webhook-answer.ts";

export function postWebhooksIdApproval(http: FastifyInstance, { downstream, idempotency }: Shell): void {
  serve(http, webhookRoutes.approve, ({ params, principal, request }) => {
    const webhookId = idOf(params.webhookId);
    return idempotency.once(
      request,
      async (also) => webhookAnswer(await downstream.approve(webhookId, principal, also)),
      async () => webhookAnswer(await downstream.show(webhookId)),
    );
  });
}
