// GET /v1/customers/:customerId/data-copies/:copyId/others
import type { FastifyInstance } from "fastify";
import { dataCopyRoutes } from "../../../contract/routes/data-copies.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { heldRecordAnswer } from "./data-copy-answer.ts";

export function getCustomersIdDataCopiesIdOthers(http: FastifyInstance, shell: Shell): void {
  serve(http, dataCopyRoutes.others, async ({ params, principal }) => {
    const at = { customerId: idOf(params.customerId), copyId: idOf(params.copyId) };
    const { customerId } = at;
    await requireRecordedRight(shell, principal, { action: "data-copy.read", kind: "fulfilment", customerId });
    return { items: (await shell.fulfilment.listOthers(at)).map(heldRecordAnswer) };
  });
}
