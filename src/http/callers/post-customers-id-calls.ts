// POST /v1/customers/:customerId/calls
import type { FastifyInstance } from "fastify";
import { callerRoutes } from "../../../contract/routes/callers.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { requireCustomer } from "../customers/may-write.ts";

export function postCustomersIdCalls(http: FastifyInstance, shell: Shell): void {
  serve(http, callerRoutes.start, async ({ params, body, principal }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "caller.start", kind: "caller-check", customerId });
    const { representativeId, interpreter } = body;
    const { endsAt, ...started } = await shell.callers.start(
      {
        customerId,
        purpose: body.purpose,
        caller: body.caller,
        representativeId: representativeId === undefined ? null : idOf(representativeId),
        interpreter: interpreter ?? null,
      },
      principal,
    );
    const { contacts, questions, callId } = started;
    return { callId, endsAt: endsAt.toISOString(), contacts: [...contacts], questions: [...questions] };
  });
}
