// POST /v1/dilemmas/:dilemmaId/decision
import type { FastifyInstance } from "fastify";
import { dilemmaRoutes } from "../../../contract/routes/dilemmas.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { dilemmaAnswer } from "./dilemma-answer.ts";

export function postDilemmasIdDecision(http: FastifyInstance, { ethics, idempotency }: Shell): void {
  serve(http, dilemmaRoutes.decide, async ({ params, body, principal, request }) => {
    const dilemmaId = idOf(params.dilemmaId);
    return idempotency.once(
      request,
      async (also) => dilemmaAnswer(await ethics.decide(principal, { dilemmaId, ...body }, also)),
      async () => dilemmaAnswer(await ethics.show(principal, dilemmaId)),
    );
  });
}
