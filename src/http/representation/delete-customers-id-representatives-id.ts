// DELETE /v1/customers/:customerId/representatives/:representationId
import type { FastifyInstance } from "fastify";
import { representationRoutes } from "../../../contract/routes/representation.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { endAndTell } from "./tell-represented.ts";

export function deleteCustomersIdRepresentativesId(http: FastifyInstance, shell: Shell): void {
  const { representations, idempotency } = shell;
  serve(http, representationRoutes.end, async ({ params, principal, request }) => {
    const at = { customerId: idOf(params.customerId), representationId: idOf(params.representationId) };
    return idempotency.once(
      request,
      async (also) => {
        await endAndTell(shell, at, () => representations.end(at, principal, also));
        return { id: at.representationId };
      },
      () => ({ id: at.representationId }),
    );
  });
}
