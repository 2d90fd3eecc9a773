// POST /v1/letter-batches
import type { FastifyInstance } from "fastify";
import { letterBatchRoutes } from "../../../contract/routes/letters.ts";
import { HttpError } from "../errors.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { batchAnswer } from "./letter-answer.ts";

export function postLetterBatches(http: FastifyInstance, shell: Shell): void {
  const { idempotency, letters } = shell;
  serve(http, letterBatchRoutes.make, async ({ body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "letter.print", kind: "letter", customerId: null });
    return idempotency.once(
      request,
      async (also) => batchAnswer(await letters.batch(await letters.makeBatch(principal, body, also))),
      async ([batchId]) => {
        if (batchId === undefined) throw new HttpError("conflict");
        return batchAnswer(await letters.batch(batchId));
      },
    );
  });
}
