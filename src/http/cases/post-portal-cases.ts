// POST /v1/portal/cases
import type { FastifyInstance } from "fastify";
import { portalCaseRoutes } from "../../../contract/routes/cases.ts";
import { customerOf } from "../portal/customer-of.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { faceAnswer } from "./case-answer.ts";

export function postPortalCases(http: FastifyInstance, { cases, idempotency }: Shell): void {
  serve(http, portalCaseRoutes.open, async ({ body, principal, request }) => {
    const asker = customerOf(principal);
    return idempotency.once(
      request,
      async (also) => faceAnswer(await cases.open(asker, { ...body, entryId: idOf(body.entryId) }, also)),
      async ([caseId]) => {
        if (caseId === undefined) throw new HttpError("conflict");
        return faceAnswer(await cases.faceOf(asker.customerId, caseId));
      },
    );
  });
}
