// POST /v1/mappings/:mappingId/approval
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { madeMappingAnswer, mappingNow } from "./mapping-answer.ts";

export function postMappingsIdApproval(http: FastifyInstance, shell: Shell): void {
  serve(http, importRoutes.approveMapping, ({ params, principal, request }) => {
    const mappingId = idOf(params.mappingId);
    return shell.idempotency.once(
      request,
      async (also) =>
        madeMappingAnswer(shell, principal, await shell.feeds.mappings.approve(mappingId, principal, also)),
      () => mappingNow(shell, principal, mappingId),
    );
  });
}
