// DELETE /v1/recipients/:recipientId/contracts/:contractId
import type { FastifyInstance } from "fastify";
import { recipientContractRoutes } from "../../../contract/routes/recipients.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteRecipientsIdContractsId(http: FastifyInstance, shell: Shell): void {
  const { recipients, idempotency } = shell;
  serve(http, recipientContractRoutes.end, async ({ params, principal, request }) => {
    const at = { recipientId: idOf(params.recipientId), rowId: idOf(params.contractId) };
    return idempotency.once(
      request,
      async (also) => {
        await recipients.endContract(at, principal, also);
        return { id: at.rowId };
      },
      () => ({ id: at.rowId }),
    );
  });
}
