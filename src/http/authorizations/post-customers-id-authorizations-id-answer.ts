// POST /v1/customers/:customerId/authorizations/:authorizationId/answer
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { evidenceOf } from "./authorization-answer.ts";

export function postCustomersIdAuthorizationsIdAnswer(http: FastifyInstance, shell: Shell): void {
  const { authorizations, idempotency } = shell;
  serve(http, authorizationRoutes.answer, async ({ params, body, principal, request }) => {
    const at = { customerId: idOf(params.customerId), authorizationId: idOf(params.authorizationId) };
    const { customerId } = at;
    await requireCustomer(shell, principal, { action: "authorization.record", kind: "authorization", customerId });
    return idempotency.once(
      request,
      async (also) => {
        const evidence = body.signed === null ? null : evidenceOf(body.signed);
        await authorizations.answer(at, evidence, { actor: principal, also });
        return { id: at.authorizationId };
      },
      () => ({ id: at.authorizationId }),
    );
  });
}
