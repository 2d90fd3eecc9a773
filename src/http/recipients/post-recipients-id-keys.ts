// POST /v1/recipients/:recipientId/keys
import type { FastifyInstance } from "fastify";
import { recipientKeyRoutes } from "../../../contract/routes/recipients.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { keyOf } from "./recipient-answer.ts";

export function postRecipientsIdKeys(http: FastifyInstance, shell: Shell): void {
  const { recipients, idempotency } = shell;
  serve(http, recipientKeyRoutes.request, async ({ params, body, principal, request }) => {
    const recipientId = idOf(params.recipientId);
    return idempotency.once(
      request,
      async (also) => {
        const made = await recipients.requestKey({ recipientId, publicKey: body.publicKey }, principal, also);
        return keyOf(shell, recipientId, made);
      },
      ([made]) => keyOf(shell, recipientId, made),
    );
  });
}
