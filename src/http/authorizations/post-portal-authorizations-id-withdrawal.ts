// POST /v1/portal/authorizations/:authorizationId/withdrawal
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postPortalAuthorizationsIdWithdrawal(http: FastifyInstance, shell: Shell): void {
  const { authorizations, idempotency } = shell;
  serve(http, authorizationRoutes.withdrawOwn, async ({ params, principal, request }) => {
    const asker = customerOf(principal);
    const at = { customerId: asker.customerId, authorizationId: idOf(params.authorizationId) };
    return idempotency.once(
      request,
      async (also) => {
        await authorizations.withdraw(at, { actor: asker, also, isOwn: true });
        return { id: at.authorizationId };
      },
      () => ({ id: at.authorizationId }),
    );
  });
}
