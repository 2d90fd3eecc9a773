// POST /v1/disposals
import type { FastifyInstance } from "fastify";
import { disposalRoutes } from "../../../contract/routes/disposals.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { disposalAnswer } from "./disposal-answer.ts";

export function postDisposals(http: FastifyInstance, shell: Shell): void {
  const { retention, idempotency } = shell;
  serve(http, disposalRoutes.ask, async ({ body, principal, request }) =>
    idempotency.once(
      request,
      async (also) => disposalAnswer(await retention.disposals.ask(principal, body, also)),
      async ([disposalId]) => {
        if (disposalId === undefined) throw new HttpError("conflict");
        return disposalAnswer(await retention.disposals.get(disposalId));
      },
    ),
  );
}
