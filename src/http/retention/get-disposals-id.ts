// GET /v1/disposals/:disposalId
import type { FastifyInstance } from "fastify";
import { disposalRoutes } from "../../../contract/routes/disposals.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { disposalAnswer } from "./disposal-answer.ts";

export function getDisposalsId(http: FastifyInstance, shell: Shell): void {
  serve(http, disposalRoutes.get, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "disposal.read", kind: "retention", customerId: null });
    return disposalAnswer(await shell.retention.disposals.get(idOf(params.disposalId)));
  });
}
