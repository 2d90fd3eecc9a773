// GET /v1/customers/:customerId/authorizations/:authorizationId/narrowing
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getCustomersIdAuthorizationsIdNarrowing(http: FastifyInstance, shell: Shell): void {
  serve(http, authorizationRoutes.narrowing, async ({ params, principal }) => {
    const at = { customerId: idOf(params.customerId), authorizationId: idOf(params.authorizationId) };
    const { customerId } = at;
    await requireCustomer(shell, principal, { action: "authorization.read", kind: "flag-read", customerId });
    const found = await shell.authorizations.narrowing(principal, at);
    if (found === null) return { narrowing: null };
    return { narrowing: { ...found, bodyParts: [...found.bodyParts], diagnoses: [...found.diagnoses] } };
  });
}
