// DELETE /v1/customers/:customerId/flags/:flagId
import type { FastifyInstance } from "fastify";
import { flagRoutes } from "../../../contract/routes/customers.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteCustomersIdFlagsId(http: FastifyInstance, { access, idempotency }: Shell): void {
  serve(http, flagRoutes.end, ({ params, principal, request }) => {
    const target = { customerId: idOf(params.customerId), flagId: idOf(params.flagId) };
    return idempotency.once(
      request,
      async (also) => {
        await access.endFlag(target, principal, also);
        return { id: target.flagId };
      },
      () => ({ id: target.flagId }),
    );
  });
}
