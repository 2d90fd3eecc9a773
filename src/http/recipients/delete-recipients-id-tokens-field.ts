// DELETE /v1/recipients/:recipientId/tokens/:field
import type { FastifyInstance } from "fastify";
import { recipientKeyRoutes } from "../../../contract/routes/recipients.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteRecipientsIdTokensField(http: FastifyInstance, shell: Shell): void {
  const { recipients, idempotency } = shell;
  serve(http, recipientKeyRoutes.retireTokens, async ({ params, principal, request }) => {
    const recipientId = idOf(params.recipientId);
    return idempotency.once(
      request,
      async (also) => {
        await recipients.retireTokens({ recipientId, field: params.field }, principal, also);
        return { id: recipientId };
      },
      () => ({ id: recipientId }),
    );
  });
}
