// GET /v1/letter-batches
import type { FastifyInstance } from "fastify";
import { letterBatchRoutes } from "../../../contract/routes/letters.ts";
import { parseId } from "../../kernel/ids.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { batchAnswer } from "./letter-answer.ts";

export function getLetterBatches(http: FastifyInstance, shell: Shell): void {
  const { letters, cursors } = shell;
  serve(http, letterBatchRoutes.list, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "letter.read", kind: "letter", customerId: null });
    const cursor = cursors.parse("letter batches", principal.principalId, query.cursor);
    const after = cursor === null ? null : parseId(cursor);
    const page = await letters.batches({ after, limit: query.limit });
    const next = cursors.print("letter batches", principal.principalId, page.next);
    return { items: page.items.map(batchAnswer), next };
  });
}
