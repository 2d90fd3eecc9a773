// POST /v1/portal/rights/:requestId/steps
import type { FastifyInstance } from "fastify";
import { portalRightRoutes } from "../../../contract/routes/rights.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { ownFaceAnswer } from "./right-answer.ts";
import { ownStepOf } from "./step-of.ts";

export function postPortalRightsIdSteps(http: FastifyInstance, shell: Shell): void {
  const { idempotency, requests } = shell;
  serve(http, portalRightRoutes.step, async ({ params, body, principal, request }) => {
    const asker = customerOf(principal);
    const requestId = idOf(params.requestId);
    return idempotency.once(
      request,
      async (also) => ownFaceAnswer(shell, await requests.ownStep(asker, requestId, ownStepOf(body), also)),
      async () => ownFaceAnswer(shell, await requests.faceOf({ customerId: asker.customerId, requestId })),
    );
  });
}
