// POST /v1/letter-batches/:batchId/dissolution
import type { FastifyInstance } from "fastify";
import { letterBatchRoutes } from "../../../contract/routes/letters.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postLetterBatchesIdDissolution(http: FastifyInstance, shell: Shell): void {
  const { idempotency, letters } = shell;
  serve(http, letterBatchRoutes.dissolve, async ({ params, principal, request }) => {
    const batchId = idOf(params.batchId);
    await requireRecordedRight(shell, principal, { action: "letter.print", kind: "letter", customerId: null });
    const answer = { id: batchId };
    return idempotency.once(
      request,
      async (also) => {
        await letters.dissolve(principal, batchId, also);
        return answer;
      },
      () => Promise.resolve(answer),
    );
  });
}
