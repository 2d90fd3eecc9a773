// POST /v1/customers/:customerId/authorizations/:authorizationId/withdrawal
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postCustomersIdAuthorizationsIdWithdrawal(http: FastifyInstance, shell: Shell): void {
  const { authorizations, idempotency } = shell;
  serve(http, authorizationRoutes.withdraw, async ({ params, principal, request }) => {
    const at = { customerId: idOf(params.customerId), authorizationId: idOf(params.authorizationId) };
    const { customerId } = at;
    await requireCustomer(shell, principal, { action: "authorization.withdraw", kind: "authorization", customerId });
    return idempotency.once(
      request,
      async (also) => {
        await authorizations.withdraw(at, { actor: principal, also });
        return { id: at.authorizationId };
      },
      () => ({ id: at.authorizationId }),
    );
  });
}
