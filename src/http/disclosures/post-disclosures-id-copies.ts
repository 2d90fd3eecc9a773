// POST /v1/disclosures/:disclosureId/copies
import type { FastifyInstance } from "fastify";
import { LIMITS } from "../../../contract/common.ts";
import { disclosureRoutes } from "../../../contract/routes/disclosures.ts";
import { promiseAnswer } from "../promise-answer.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postDisclosuresIdCopies(http: FastifyInstance, { gate, idempotency }: Shell): void {
  serve(http, disclosureRoutes.copy, async ({ params, body, principal, request }) => {
    await idempotency.check(request);
    const { copyId, promise } = await gate.recordCopy(principal, {
      disclosureId: idOf(params.disclosureId),
      recordId: idOf(body.recordId),
      field: body.field,
      shownSeconds: LIMITS.clearShownSeconds,
    });
    return { copyId, promise: promiseAnswer(promise) };
  });
}
