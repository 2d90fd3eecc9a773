// POST /v1/portal/cases/:caseId/closing
import type { FastifyInstance } from "fastify";
import { portalCaseRoutes } from "../../../contract/routes/cases.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { faceAnswer } from "./case-answer.ts";

export function postPortalCasesIdClosing(http: FastifyInstance, { cases, idempotency }: Shell): void {
  serve(http, portalCaseRoutes.close, async ({ params, principal, request }) => {
    const asker = customerOf(principal);
    const caseId = idOf(params.caseId);
    return idempotency.once(
      request,
      async (also) => faceAnswer(await cases.close(asker, caseId, also)),
      async () => faceAnswer(await cases.faceOf(asker.customerId, caseId)),
    );
  });
}
