// POST /v1/cases/:caseId/answer
import type { FastifyInstance } from "fastify";
import { caseRoutes } from "../../../contract/routes/cases.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { faceAnswer } from "./case-answer.ts";

export function postCasesIdAnswer(http: FastifyInstance, shell: Shell): void {
  const { cases, idempotency } = shell;
  serve(http, caseRoutes.answer, async ({ params, body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "case.answer", kind: "case", customerId: null });
    const caseId = idOf(params.caseId);
    return idempotency.once(
      request,
      async (also) => faceAnswer(await cases.answer(principal, caseId, body, also)),
      async () => faceAnswer(await cases.read(principal, caseId)),
    );
  });
}
