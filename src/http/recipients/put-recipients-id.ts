// PUT /v1/recipients/:recipientId
import type { FastifyInstance } from "fastify";
import { recipientRoutes } from "../../../contract/routes/recipients.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { recipientOf } from "./recipient-answer.ts";

export function putRecipientsId(http: FastifyInstance, shell: Shell): void {
  const { recipients, idempotency } = shell;
  serve(http, recipientRoutes.change, async ({ params, body, principal, request }) => {
    const recipientId = idOf(params.recipientId);
    return idempotency.once(
      request,
      async (also) => {
        await recipients.change({ recipientId, details: body }, principal, also);
        return recipientOf(shell, recipientId);
      },
      () => recipientOf(shell, recipientId),
    );
  });
}
