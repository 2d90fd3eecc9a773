// GET /v1/letters/counts
import type { FastifyInstance } from "fastify";
import { letterRoutes } from "../../../contract/routes/letters.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getLettersCounts(http: FastifyInstance, shell: Shell): void {
  serve(http, letterRoutes.counts, async ({ principal }) => {
    await requireRecordedRight(shell, principal, { action: "letter.read", kind: "letter", customerId: null });
    return shell.letters.counts();
  });
}
