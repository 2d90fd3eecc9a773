// POST /v1/rights/:requestId/decision
import type { FastifyInstance } from "fastify";
import { rightRoutes } from "../../../contract/routes/rights.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { faceAnswer } from "./right-answer.ts";

export function postRightsIdDecision(http: FastifyInstance, shell: Shell): void {
  const { idempotency, requests } = shell;
  serve(http, rightRoutes.decide, async ({ params, body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "right.decide", kind: "right", customerId: null });
    const requestId = idOf(params.requestId);
    return idempotency.once(
      request,
      async (also) =>
        faceAnswer(
          shell,
          await requests.decide(
            principal,
            { ...body, requestId, fulfilmentId: body.fulfilmentId === null ? null : idOf(body.fulfilmentId) },
            also,
          ),
        ),
      async () => faceAnswer(shell, await requests.find(requestId)),
    );
  });
}
