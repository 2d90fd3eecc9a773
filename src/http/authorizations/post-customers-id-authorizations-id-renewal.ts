// POST /v1/customers/:customerId/authorizations/:authorizationId/renewal
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { answerOf, evidenceOf } from "./authorization-answer.ts";

export function postCustomersIdAuthorizationsIdRenewal(http: FastifyInstance, shell: Shell): void {
  const { authorizations, idempotency } = shell;
  serve(http, authorizationRoutes.renew, async ({ params, body, principal, request }) => {
    const at = { customerId: idOf(params.customerId), authorizationId: idOf(params.authorizationId) };
    const { customerId } = at;
    await requireCustomer(shell, principal, { action: "authorization.record", kind: "authorization", customerId });
    return idempotency.once(
      request,
      async (also) => {
        const [ends, evidence] = [new Date(body.expiresAt), evidenceOf(body.signed)];
        const made = await authorizations.renew(at, ends, evidence, { actor: principal, also });
        return answerOf(shell, customerId, made);
      },
      ([made]) => answerOf(shell, customerId, made),
    );
  });
}
