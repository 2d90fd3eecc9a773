// POST /v1/customers/:customerId/representatives/:representationId/approval
import type { FastifyInstance } from "fastify";
import { representationRoutes } from "../../../contract/routes/representation.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { tellGranted } from "./tell-represented.ts";

export function postCustomersIdRepresentativesIdApproval(http: FastifyInstance, shell: Shell): void {
  const { representations, idempotency } = shell;
  serve(http, representationRoutes.approve, async ({ params, principal, request }) => {
    const at = { customerId: idOf(params.customerId), representationId: idOf(params.representationId) };
    return idempotency.once(
      request,
      async (also) => {
        await representations.approve(at, principal, also);
        await tellGranted(shell, at);
        return { id: at.representationId };
      },
      () => ({ id: at.representationId }),
    );
  });
}
