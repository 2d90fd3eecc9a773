// GET /v1/customers/:customerId/calls
import type { FastifyInstance } from "fastify";
import { callerRoutes } from "../../../contract/routes/callers.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getCustomersIdCalls(http: FastifyInstance, shell: Shell): void {
  serve(http, callerRoutes.own, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "caller.start", kind: "caller-check", customerId });
    const calls = await shell.callers.own(customerId, principal.principalId);
    const items = calls.map(({ endsAt, contacts, questions, requests, ...call }) => ({
      ...call,
      requests: [...requests],
      endsAt: endsAt.toISOString(),
      contacts: [...contacts],
      questions: [...questions],
    }));
    return { items };
  });
}
