// GET /v1/webhooks
import type { FastifyInstance } from "fastify";
import { webhookRoutes } from "../../../contract/routes/webhooks.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { webhookAnswer } from "./webhook-answer.ts";

export function getWebhooks(http: FastifyInstance, { access, downstream }: Shell): void {
  serve(http, webhookRoutes.list, async ({ principal }) => {
    requireRight(access, principal, "webhook.list");
    const items = await downstream.list();
    return { items: items.map(({ waiting, dead, ...face }) => ({ ...webhookAnswer(face), waiting, dead })) };
  });
}
