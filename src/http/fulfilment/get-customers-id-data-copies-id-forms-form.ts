// GET /v1/customers/:customerId/data-copies/:copyId/forms/:form
import type { FastifyInstance } from "fastify";
import { dataCopyRoutes } from "../../../contract/routes/data-copies.ts";
import { requireRecordedRight } from "../refusals.ts";
import { sendFile } from "../send-file.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getCustomersIdDataCopiesIdFormsForm(http: FastifyInstance, shell: Shell): void {
  serve(http, dataCopyRoutes.fetch, async ({ params, principal, reply }) => {
    const at = { customerId: idOf(params.customerId), copyId: idOf(params.copyId) };
    const { customerId } = at;
    await requireRecordedRight(shell, principal, { action: "data-copy.fetch", kind: "fulfilment", customerId });
    return sendFile(reply, await shell.fulfilment.fetch(principal, { ...at, form: params.form }));
  });
}
