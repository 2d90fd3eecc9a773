// GET /v1/webhooks/:webhookId/deliveries
import type { FastifyInstance } from "fastify";
import { webhookRoutes } from "../../../contract/routes/webhooks.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";

export function getWebhooksIdDeliveries(http: FastifyInstance, { access, cursors, downstream }: Shell): void {
  serve(http, webhookRoutes.deliveries, async ({ params, query, principal }) => {
    requireRight(access, principal, "webhook.list");
    const { state = null, limit } = query;
    const webhookId = idOf(params.webhookId);
    const name = `deliveries ${webhookId} ${state ?? "all"}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const before = cursor === null ? null : parseId(cursor);
    const page = await downstream.deliveries({ webhookId, state, before, limit });
    const items = page.items.map(({ dueAt, madeAt, ...shown }) => ({
      ...shown,
      dueAt: dueAt.toISOString(),
      madeAt: madeAt.toISOString(),
    }));
    return { items, next: cursors.print(name, principal.principalId, page.next) };
  });
}
