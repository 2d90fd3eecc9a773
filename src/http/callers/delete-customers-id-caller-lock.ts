// DELETE /v1/customers/:customerId/caller-lock
import type { FastifyInstance } from "fastify";
import { callerRoutes } from "../../../contract/routes/callers.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteCustomersIdCallerLock(http: FastifyInstance, { callers }: Shell): void {
  serve(http, callerRoutes.unlock, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await callers.unlock(customerId, principal);
    return { id: customerId };
  });
}
