// POST /v1/customers/:customerId/calls/:callId/codes
import type { FastifyInstance } from "fastify";
import { callerRoutes } from "../../../contract/routes/callers.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postCustomersIdCallsIdCodes(http: FastifyInstance, { callers }: Shell): void {
  serve(http, callerRoutes.sendCode, async ({ params, body, principal }) => {
    const at = { customerId: idOf(params.customerId), callId: idOf(params.callId) };
    await callers.sendCode(at, { ...body, recordId: idOf(body.recordId) }, principal);
    return { id: at.callId };
  });
}
