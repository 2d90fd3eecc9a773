// GET /v1/portal/data-copies/:copyId/forms/:form
import type { FastifyInstance } from "fastify";
import { portalDataCopyRoutes } from "../../../contract/routes/data-copies.ts";
import { customerOf } from "../portal/customer-of.ts";
import { sendFile } from "../send-file.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getPortalDataCopiesIdFormsForm(http: FastifyInstance, shell: Shell): void {
  serve(http, portalDataCopyRoutes.fetch, async ({ params, principal, reply }) => {
    const asker = customerOf(principal);
    const at = { customerId: asker.customerId, copyId: idOf(params.copyId) };
    return sendFile(reply, await shell.fulfilment.fetch(asker, { ...at, form: params.form }));
  });
}
