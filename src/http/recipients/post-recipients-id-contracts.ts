// POST /v1/recipients/:recipientId/contracts
import type { FastifyInstance } from "fastify";
import { recipientContractRoutes } from "../../../contract/routes/recipients.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { contractOf, termsOf } from "./recipient-answer.ts";

export function postRecipientsIdContracts(http: FastifyInstance, shell: Shell): void {
  const { recipients, idempotency } = shell;
  serve(http, recipientContractRoutes.request, async ({ params, body, principal, request }) => {
    const recipientId = idOf(params.recipientId);
    return idempotency.once(
      request,
      async (also) => {
        const made = await recipients.requestContract({ recipientId, terms: termsOf(body) }, principal, also);
        return contractOf(shell, recipientId, made);
      },
      ([made]) => contractOf(shell, recipientId, made),
    );
  });
}
