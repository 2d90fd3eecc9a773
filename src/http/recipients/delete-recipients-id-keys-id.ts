// DELETE /v1/recipients/:recipientId/keys/:keyId
import type { FastifyInstance } from "fastify";
import { recipientKeyRoutes } from "../../../contract/routes/recipients.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteRecipientsIdKeysId(http: FastifyInstance, shell: Shell): void {
  const { recipients, idempotency } = shell;
  serve(http, recipientKeyRoutes.end, async ({ params, principal, request }) => {
    const at = { recipientId: idOf(params.recipientId), rowId: idOf(params.keyId) };
    return idempotency.once(
      request,
      async (also) => {
        await recipients.endKey(at, principal, also);
        return { id: at.rowId };
      },
      () => ({ id: at.rowId }),
    );
  });
}
