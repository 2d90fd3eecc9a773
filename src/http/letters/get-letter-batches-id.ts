// GET /v1/letter-batches/:batchId
import type { FastifyInstance } from "fastify";
import { letterBatchRoutes } from "../../../contract/routes/letters.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { batchAnswer } from "./letter-answer.ts";

export function getLetterBatchesId(http: FastifyInstance, shell: Shell): void {
  serve(http, letterBatchRoutes.read, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "letter.read", kind: "letter", customerId: null });
    return batchAnswer(await shell.letters.batch(idOf(params.batchId)));
  });
}
