// POST /v1/customers/:customerId/changes/:changeId/confirmation
import type { FastifyInstance } from "fastify";
import { changeRoutes } from "../../../contract/routes/changes.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postCustomersIdChangesIdConfirmation(http: FastifyInstance, shell: Shell): void {
  serve(http, changeRoutes.confirm, async ({ params, body, principal }) => {
    const at = { customerId: idOf(params.customerId), changeId: idOf(params.changeId) };
    await requireCustomer(shell, principal, { action: "change.confirm", kind: "grant", customerId: at.customerId });
    return { confirmed: await shell.changes.confirm(at, body.code, principal) };
  });
}
