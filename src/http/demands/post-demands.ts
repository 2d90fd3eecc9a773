// POST /v1/demands
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { demandAnswer, draftOf } from "./demand-answer.ts";

export function postDemands(http: FastifyInstance, { demands, idempotency }: Shell): void {
  serve(http, demandRoutes.takeIn, async ({ body, principal, request }) =>
    idempotency.once(
      request,
      async (also) => demandAnswer(await demands.read(await demands.takeIn(draftOf(body), { actor: principal, also }))),
      async ([made]) => {
        if (made === undefined) throw new HttpError("not-found");
        return demandAnswer(await demands.read(made));
      },
    ),
  );
}
