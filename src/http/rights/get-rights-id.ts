// GET /v1/rights/:requestId
import type { FastifyInstance } from "fastify";
import { rightRoutes } from "../../../contract/routes/rights.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { rightAnswer } from "./right-answer.ts";

export function getRightsId(http: FastifyInstance, shell: Shell): void {
  serve(http, rightRoutes.read, async ({ params, query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "right.read", kind: "right", customerId: null });
    return rightAnswer(shell, await shell.requests.read(principal, idOf(params.requestId), query.words));
  });
}
