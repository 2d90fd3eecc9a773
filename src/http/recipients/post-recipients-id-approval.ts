// POST /v1/recipients/:recipientId/approval
import type { FastifyInstance } from "fastify";
import { recipientRoutes } from "../../../contract/routes/recipients.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postRecipientsIdApproval(http: FastifyInstance, shell: Shell): void {
  const { recipients, idempotency } = shell;
  serve(http, recipientRoutes.approve, async ({ params, principal, request }) => {
    const recipientId = idOf(params.recipientId);
    return idempotency.once(
      request,
      async (also) => {
        await recipients.approve(recipientId, principal, also);
        return { id: recipientId };
      },
      () => ({ id: recipientId }),
    );
  });
}
