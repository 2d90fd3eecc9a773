// DELETE /v1/customers/:customerId/calls/:callId
import type { FastifyInstance } from "fastify";
import { callerRoutes } from "../../../contract/routes/callers.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteCustomersIdCallsId(http: FastifyInstance, { callers }: Shell): void {
  serve(http, callerRoutes.end, async ({ params, principal }) => {
    const at = { customerId: idOf(params.customerId), callId: idOf(params.callId) };
    await callers.end(at, principal);
    return { id: at.callId };
  });
}
