// POST /v1/portal/changes/:changeId/stop
import type { FastifyInstance } from "fastify";
import { ownChangeRoutes } from "../../../contract/routes/changes.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postPortalChangesIdStop(http: FastifyInstance, { changes, idempotency }: Shell): void {
  serve(http, ownChangeRoutes.stop, ({ params, principal, request }) => {
    const asker = customerOf(principal);
    // INVARIANT: looked for among the customer's own, so nobody stops what waits for somebody else.
    const at = { customerId: asker.customerId, changeId: idOf(params.changeId) };
    return idempotency.once(
      request,
      async (also) => {
        await changes.stopOwn(at, asker, also);
        return { id: at.changeId };
      },
      () => ({ id: at.changeId }),
    );
  });
}
