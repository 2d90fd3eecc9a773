// POST /v1/recipients/:recipientId/exit
import type { FastifyInstance } from "fastify";
import { recipientRoutes } from "../../../contract/routes/recipients.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postRecipientsIdExit(http: FastifyInstance, shell: Shell): void {
  const { recipients, idempotency } = shell;
  serve(http, recipientRoutes.end, async ({ params, body, principal, request }) => {
    const recipientId = idOf(params.recipientId);
    return idempotency.once(
      request,
      async (also) => {
        await recipients.end({ recipientId, exit: body }, principal, also);
        return { id: recipientId };
      },
      () => ({ id: recipientId }),
    );
  });
}
