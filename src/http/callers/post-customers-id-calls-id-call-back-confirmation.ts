// POST /v1/customers/:customerId/calls/:callId/call-back/confirmation
import type { FastifyInstance } from "fastify";
import { callerRoutes } from "../../../contract/routes/callers.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postCustomersIdCallsIdCallBackConfirmation(http: FastifyInstance, { callers }: Shell): void {
  serve(http, callerRoutes.confirm, async ({ params, principal }) => {
    const at = { customerId: idOf(params.customerId), callId: idOf(params.callId) };
    await callers.confirmCallBack(at, principal);
    return { id: at.callId };
  });
}
