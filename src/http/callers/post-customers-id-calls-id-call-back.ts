// POST /v1/customers/:customerId/calls/:callId/call-back
import type { FastifyInstance } from "fastify";
import { callerRoutes } from "../../../contract/routes/callers.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postCustomersIdCallsIdCallBack(http: FastifyInstance, { callers }: Shell): void {
  serve(http, callerRoutes.callBack, async ({ params, body, principal }) => {
    const at = { customerId: idOf(params.customerId), callId: idOf(params.callId) };
    await callers.callBack(at, { ...body, recordId: idOf(body.recordId) }, principal);
    return { id: at.callId };
  });
}
