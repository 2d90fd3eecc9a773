// POST /v1/letter-batches/:batchId/print
import type { FastifyInstance } from "fastify";
import { letterBatchRoutes } from "../../../contract/routes/letters.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postLetterBatchesIdPrint(http: FastifyInstance, shell: Shell): void {
  serve(http, letterBatchRoutes.print, async ({ params, principal, reply }) => {
    const batchId = idOf(params.batchId);
    await requireRecordedRight(shell, principal, { action: "letter.print", kind: "letter", customerId: null });
    // Names and addresses of up to a hundred people at once: only for who showed a factor just now.
    shell.signIns.assertFresh(principal);
    const { pdf } = await shell.letters.print(principal, batchId);
    return reply
      .headers({ "content-disposition": `attachment; filename="letters-${batchId}.pdf"` })
      .type("application/pdf")
      .send(pdf);
  });
}
