// GET /v1/customers/:customerId/changes
import type { FastifyInstance } from "fastify";
import { changeRoutes } from "../../../contract/routes/changes.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { recordView } from "../customers/record-view.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getCustomersIdChanges(http: FastifyInstance, shell: Shell): void {
  serve(http, changeRoutes.list, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "change.list", kind: "flag-read", customerId });
    await recordView(shell, principal, "flag-read", customerId);
    const items = (await shell.changes.list(customerId)).map(({ rowId, content }) => ({
      changeId: rowId,
      recordId: content.recordId,
      fields: content.fieldNames.map((name) => `${content.recordType}.${name}`),
      askedBy: content.askedBy,
      askedAt: content.askedAt,
      effectiveAt: content.effectiveAt,
      confirmBy: content.confirmBy,
      requestId: content.serves,
      documentId: content.documentId,
      confirmed: content.confirmedAt !== null || !content.needsConfirmation,
    }));
    return { items };
  });
}
