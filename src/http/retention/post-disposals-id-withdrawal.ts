// POST /v1/disposals/:disposalId/withdrawal
import type { FastifyInstance } from "fastify";
import { disposalRoutes } from "../../../contract/routes/disposals.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { disposalAnswer } from "./disposal-answer.ts";

export function postDisposalsIdWithdrawal(http: FastifyInstance, shell: Shell): void {
  const { retention, idempotency } = shell;
  serve(http, disposalRoutes.withdraw, async ({ params, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "disposal.ask", kind: "retention", customerId: null });
    const disposalId = idOf(params.disposalId);
    return idempotency.once(
      request,
      async (also) => disposalAnswer(await retention.disposals.withdraw(principal, disposalId, also)),
      async () => disposalAnswer(await retention.disposals.get(disposalId)),
    );
  });
}
