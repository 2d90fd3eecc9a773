// POST /v1/customers/:customerId/data-copies/:copyId/others/:recordId/readings
import type { FastifyInstance } from "fastify";
import { dataCopyRoutes } from "../../../contract/routes/data-copies.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { heldReadingAnswer } from "./data-copy-answer.ts";

export function postCustomersIdDataCopiesIdOthersIdReadings(http: FastifyInstance, shell: Shell): void {
  serve(http, dataCopyRoutes.readOthers, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireRecordedRight(shell, principal, { action: "data-copy.review", kind: "fulfilment", customerId });
    const at = { customerId, copyId: idOf(params.copyId), recordId: idOf(params.recordId) };
    return heldReadingAnswer(shell, await shell.fulfilment.readOthers(principal, at));
  });
}
