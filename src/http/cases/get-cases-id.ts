// GET /v1/cases/:caseId
import type { FastifyInstance } from "fastify";
import { caseRoutes } from "../../../contract/routes/cases.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { readAnswer } from "./case-answer.ts";

export function getCasesId(http: FastifyInstance, shell: Shell): void {
  serve(http, caseRoutes.read, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "case.read", kind: "case", customerId: null });
    return readAnswer(await shell.cases.read(principal, idOf(params.caseId)));
  });
}
