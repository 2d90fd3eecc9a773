// POST /v1/customers/:customerId/authorizations/requests
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { answerOf, termsOf } from "./authorization-answer.ts";

export function postCustomersIdAuthorizationsRequests(http: FastifyInstance, shell: Shell): void {
  const { authorizations, idempotency } = shell;
  serve(http, authorizationRoutes.ask, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "authorization.ask", kind: "authorization", customerId });
    return idempotency.once(
      request,
      async (also) => {
        const made = await authorizations.ask(customerId, termsOf(body), { actor: principal, also });
        return answerOf(shell, customerId, made);
      },
      ([made]) => answerOf(shell, customerId, made),
    );
  });
}
