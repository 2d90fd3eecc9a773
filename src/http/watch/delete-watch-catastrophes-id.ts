// DELETE /v1/watch/catastrophes/:catastropheId
import type { FastifyInstance } from "fastify";
import { catastropheRoutes } from "../../../contract/routes/watch.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteWatchCatastrophesId(http: FastifyInstance, { idempotency, watch }: Shell): void {
  serve(http, catastropheRoutes.end, ({ params, principal, request }) => {
    const catastropheId = idOf(params.catastropheId);
    return idempotency.once(
      request,
      async (also) => {
        await watch.catastrophes.end(catastropheId, principal, also);
        return { id: catastropheId };
      },
      () => ({ id: catastropheId }),
    );
  });
}
