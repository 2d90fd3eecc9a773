// POST /v1/mappings
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { madeMappingAnswer, mappingNow } from "./mapping-answer.ts";

export function postMappings(http: FastifyInstance, shell: Shell): void {
  serve(http, importRoutes.propose, ({ body, principal, request }) =>
    shell.idempotency.once(
      request,
      async (also) =>
        madeMappingAnswer(shell, principal, await shell.feeds.mappings.propose(body.text, principal, also)),
      ([mappingId]) => mappingNow(shell, principal, mappingId),
    ),
  );
}
