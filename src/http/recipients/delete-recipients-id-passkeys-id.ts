// DELETE /v1/recipients/:recipientId/passkeys/:passkeyId
import type { FastifyInstance } from "fastify";
import { recipientKeyRoutes } from "../../../contract/routes/recipients.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteRecipientsIdPasskeysId(http: FastifyInstance, shell: Shell): void {
  const { recipients, idempotency } = shell;
  serve(http, recipientKeyRoutes.endPasskey, async ({ params, principal, request }) => {
    const at = { recipientId: idOf(params.recipientId), rowId: idOf(params.passkeyId) };
    return idempotency.once(
      request,
      async (also) => {
        await recipients.endPasskey(at, principal, also);
        return { id: at.rowId };
      },
      () => ({ id: at.rowId }),
    );
  });
}
