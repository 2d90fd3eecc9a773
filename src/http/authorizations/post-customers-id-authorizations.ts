// POST /v1/customers/:customerId/authorizations
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { answerOf, evidenceOf, termsOf } from "./authorization-answer.ts";

export function postCustomersIdAuthorizations(http: FastifyInstance, shell: Shell): void {
  const { authorizations, idempotency } = shell;
  serve(http, authorizationRoutes.record, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    const { signed, ...terms } = body;
    await requireCustomer(shell, principal, { action: "authorization.record", kind: "authorization", customerId });
    return idempotency.once(
      request,
      async (also) => {
        const evidence = signed === null ? null : evidenceOf(signed);
        const made = await authorizations.record(customerId, termsOf(terms), evidence, { actor: principal, also });
        return answerOf(shell, customerId, made);
      },
      ([made]) => answerOf(shell, customerId, made),
    );
  });
}
