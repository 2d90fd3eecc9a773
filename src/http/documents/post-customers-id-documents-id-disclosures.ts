// POST /v1/customers/:customerId/documents/:recordId/disclosures
import type { FastifyInstance } from "fastify";
import { documentRoutes } from "../../../contract/routes/documents.ts";
import { endingOf } from "../../documents/documents.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

/** INVARIANT: saved and never shown in a page of ours, whatever it says that it is: what is in it came from others. */
export function postCustomersIdDocumentsIdDisclosures(http: FastifyInstance, shell: Shell): void {
  serve(http, documentRoutes.read, async ({ params, body, principal, reply }) => {
    const recordId = idOf(params.recordId);
    const { purpose, basis, justification = null } = body;
    const asked = { customerId: idOf(params.customerId), recordId, purpose, basis, justification };
    const { bytes, mediaType } = await shell.documents.read(principal, asked);
    const name = `document-${recordId}${endingOf(mediaType)}`;
    return reply
      .headers({ "content-disposition": `attachment; filename="${name}"` })
      .type("application/octet-stream")
      .send(bytes);
  });
}
