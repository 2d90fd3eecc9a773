// POST /v1/recipients
import type { FastifyInstance } from "fastify";
import { recipientRoutes } from "../../../contract/routes/recipients.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { recipientOf } from "./recipient-answer.ts";

export function postRecipients(http: FastifyInstance, shell: Shell): void {
  const { recipients, idempotency } = shell;
  serve(http, recipientRoutes.request, async ({ body, principal, request }) =>
    idempotency.once(
      request,
      async (also) => recipientOf(shell, await recipients.request(body, principal, also)),
      ([made]) => recipientOf(shell, made!),
    ),
  );
}
