// POST /v1/webhooks
import type { FastifyInstance } from "fastify";
import { webhookRoutes } from "../../../contract/routes/webhooks.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { webhookAnswer } from "./webhook-answer.ts";

export function postWebhooks(http: FastifyInstance, { downstream, idempotency }: Shell): void {
  serve(http, webhookRoutes.request, ({ body, principal, request }) =>
    idempotency.once(
      request,
      async (also) => {
        const { webhook, secret } = await downstream.request(body, principal, also);
        return { webhook: webhookAnswer(webhook), secret };
      },
      // The secret was shown once.
      async ([webhookId]) => {
        if (webhookId === undefined) throw new HttpError("conflict");
        return { webhook: webhookAnswer(await downstream.show(webhookId)), secret: null };
      },
    ),
  );
}
