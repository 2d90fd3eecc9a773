// POST /v1/customers/:customerId/changes/:changeId/vouching
import type { FastifyInstance } from "fastify";
import { changeRoutes } from "../../../contract/routes/changes.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postCustomersIdChangesIdVouching(http: FastifyInstance, shell: Shell): void {
  const { changes, idempotency } = shell;
  serve(http, changeRoutes.vouch, async ({ params, principal, request }) => {
    const at = { customerId: idOf(params.customerId), changeId: idOf(params.changeId) };
    await requireCustomer(shell, principal, { action: "change.vouch", kind: "grant", customerId: at.customerId });
    return idempotency.once(
      request,
      async (also) => {
        await changes.vouch(at, principal, also);
        return { id: at.changeId };
      },
      () => ({ id: at.changeId }),
    );
  });
}
