// POST /v1/rights/:requestId/steps
import type { FastifyInstance } from "fastify";
import { rightRoutes } from "../../../contract/routes/rights.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { faceAnswer } from "./right-answer.ts";
import { stepOf } from "./step-of.ts";

export function postRightsIdSteps(http: FastifyInstance, shell: Shell): void {
  const { idempotency, requests } = shell;
  serve(http, rightRoutes.step, async ({ params, body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "right.work", kind: "right", customerId: null });
    const requestId = idOf(params.requestId);
    return idempotency.once(
      request,
      async (also) => faceAnswer(shell, await requests.step(principal, requestId, stepOf(body), also)),
      async () => faceAnswer(shell, await requests.find(requestId)),
    );
  });
}
