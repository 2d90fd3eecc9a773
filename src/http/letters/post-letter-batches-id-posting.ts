// POST /v1/letter-batches/:batchId/posting
import type { FastifyInstance } from "fastify";
import { letterBatchRoutes } from "../../../contract/routes/letters.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { batchAnswer } from "./letter-answer.ts";

export function postLetterBatchesIdPosting(http: FastifyInstance, shell: Shell): void {
  const { idempotency, letters } = shell;
  serve(http, letterBatchRoutes.post, async ({ params, body, principal, request }) => {
    const batchId = idOf(params.batchId);
    await requireRecordedRight(shell, principal, { action: "letter.print", kind: "letter", customerId: null });
    return idempotency.once(
      request,
      async (also) => {
        await letters.post(principal, { batchId, ...body }, also);
        return batchAnswer(await letters.batch(batchId));
      },
      async () => batchAnswer(await letters.batch(batchId)),
    );
  });
}
