// DELETE /v1/watch/canaries/:customerId
import type { FastifyInstance } from "fastify";
import { canaryRoutes } from "../../../contract/routes/watch.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteWatchCanariesId(http: FastifyInstance, { idempotency, watch }: Shell): void {
  serve(http, canaryRoutes.unmark, ({ params, principal, request }) => {
    const customerId = idOf(params.customerId);
    return idempotency.once(
      request,
      async (also) => {
        await watch.canaries.unmark(customerId, principal, also);
        return { id: customerId };
      },
      () => ({ id: customerId }),
    );
  });
}
