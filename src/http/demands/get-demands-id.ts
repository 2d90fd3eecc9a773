// GET /v1/demands/:demandId
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { demandAnswer } from "./demand-answer.ts";

export function getDemandsId(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.read, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "demand.read", kind: "demand", customerId: null });
    return demandAnswer(await shell.demands.read(idOf(params.demandId)));
  });
}
