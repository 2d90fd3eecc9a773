// POST /v1/dilemmas
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { dilemmaDraft } from "../../../contract/dilemmas.ts";
import { dilemmaRoutes } from "../../../contract/routes/dilemmas.ts";
import type { Raising } from "../../ethics/ethics.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { dilemmaAnswer } from "./dilemma-answer.ts";

export function postDilemmas(http: FastifyInstance, { ethics, idempotency }: Shell): void {
  serve(http, dilemmaRoutes.raise, async ({ body, principal, request }) => {
    // Customers have cases and requests of their own; the desk is for whoever works here.
    if (principal.customerId !== null) throw new HttpError("not-permitted");
    return idempotency.once(
      request,
      async (also) => dilemmaAnswer(await ethics.raise(principal, raisingOf(body), also)),
      async ([dilemmaId]) => {
        if (dilemmaId === undefined) throw new HttpError("conflict");
        return dilemmaAnswer(await ethics.show(principal, dilemmaId));
      },
    );
  });
}

function raisingOf({ customerId, involved, reviewers, ...rest }: z.output<typeof dilemmaDraft>): Raising {
  return {
    ...rest,
    customerId: customerId === undefined ? null : idOf(customerId),
    involved: involved.map(idOf),
    reviewers: reviewers.map(idOf),
  };
}
