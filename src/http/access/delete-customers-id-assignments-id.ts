// DELETE /v1/customers/:customerId/assignments/:assignmentId
import type { FastifyInstance } from "fastify";
import { assignmentRoutes } from "../../../contract/routes/access.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteCustomersIdAssignmentsId(http: FastifyInstance, { access, idempotency, systems }: Shell): void {
  serve(http, assignmentRoutes.end, ({ params, principal, request }) => {
    const key = { customerId: idOf(params.customerId), assignmentId: idOf(params.assignmentId) };
    const answer = { id: key.assignmentId };
    return idempotency.once(
      request,
      async (also) => {
        await systems.holdFeed(principal, { requests: [], ended: 1 });
        await access.endAssignments([key], principal, also);
        return answer;
      },
      () => answer,
    );
  });
}
