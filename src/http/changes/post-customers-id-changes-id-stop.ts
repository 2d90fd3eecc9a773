// POST /v1/customers/:customerId/changes/:changeId/stop
import type { FastifyInstance } from "fastify";
import { changeRoutes } from "../../../contract/routes/changes.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postCustomersIdChangesIdStop(http: FastifyInstance, shell: Shell): void {
  const { changes, idempotency } = shell;
  serve(http, changeRoutes.stop, async ({ params, principal, request }) => {
    const at = { customerId: idOf(params.customerId), changeId: idOf(params.changeId) };
    await requireCustomer(shell, principal, { action: "change.stop", kind: "grant", customerId: at.customerId });
    return idempotency.once(
      request,
      async (also) => {
        await changes.stop(at, principal, also);
        return { id: at.changeId };
      },
      () => ({ id: at.changeId }),
    );
  });
}
