// PATCH /v1/webhooks/:webhookId
import type { FastifyInstance } from "fastify";
import { webhookRoutes } from "../../../contract/routes/webhooks.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { webhookAnswer } from "./webhook-answer.ts";

export function patchWebhooksId(http: FastifyInstance, { downstream, idempotency }: Shell): void {
  serve(http, webhookRoutes.change, ({ params, body, principal, request }) => {
    const webhookId = idOf(params.webhookId);
    const pausing = { webhookId, isPaused: body.paused };
    return idempotency.once(
      request,
      async (also) => webhookAnswer(await downstream.pause(pausing, principal, also)),
      async () => webhookAnswer(await downstream.show(webhookId)),
    );
  });
}
