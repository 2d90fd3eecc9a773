// DELETE /v1/mappings/:mappingId
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteMappingsId(http: FastifyInstance, { feeds, idempotency }: Shell): void {
  serve(http, importRoutes.endMapping, ({ params, principal, request }) => {
    const mappingId = idOf(params.mappingId);
    return idempotency.once(
      request,
      async (also) => {
        await feeds.mappings.end(mappingId, principal, also);
        return { id: mappingId };
      },
      () => ({ id: mappingId }),
    );
  });
}
