// POST /v1/recipients/:recipientId/keys/:keyId/approval
import type { FastifyInstance } from "fastify";
import { recipientKeyRoutes } from "../../../contract/routes/recipients.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postRecipientsIdKeysIdApproval(http: FastifyInstance, shell: Shell): void {
  const { recipients, idempotency } = shell;
  serve(http, recipientKeyRoutes.approve, async ({ params, principal, request }) => {
    const at = { recipientId: idOf(params.recipientId), rowId: idOf(params.keyId) };
    return idempotency.once(
      request,
      async (also) => {
        await recipients.approveKey(at, principal, also);
        return { id: at.rowId };
      },
      () => ({ id: at.rowId }),
    );
  });
}
