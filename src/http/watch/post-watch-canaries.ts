// POST /v1/watch/canaries
import type { FastifyInstance } from "fastify";
import { canaryRoutes } from "../../../contract/routes/watch.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postWatchCanaries(http: FastifyInstance, { idempotency, watch }: Shell): void {
  serve(http, canaryRoutes.mark, ({ body, principal, request }) => {
    const customerId = idOf(body.customerId);
    return idempotency.once(
      request,
      async (also) => {
        await watch.canaries.mark({ customerId, note: body.note }, principal, also);
        return { id: customerId };
      },
      () => ({ id: customerId }),
    );
  });
}
