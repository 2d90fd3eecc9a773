// POST /v1/customers/:customerId/calls/:callId/answers
import type { FastifyInstance } from "fastify";
import { callerRoutes } from "../../../contract/routes/callers.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postCustomersIdCallsIdAnswers(http: FastifyInstance, { callers }: Shell): void {
  serve(http, callerRoutes.answer, async ({ params, body, principal }) => {
    const at = { customerId: idOf(params.customerId), callId: idOf(params.callId) };
    return { isVerified: await callers.answer(at, body, principal) };
  });
}
