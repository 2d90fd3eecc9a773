// GET /v1/disposals
import type { FastifyInstance } from "fastify";
import { disposalRoutes } from "../../../contract/routes/disposals.ts";
import { parseId } from "../../kernel/ids.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { disposalAnswer } from "./disposal-answer.ts";

export function getDisposals(http: FastifyInstance, shell: Shell): void {
  const { retention, cursors } = shell;
  serve(http, disposalRoutes.list, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "disposal.read", kind: "retention", customerId: null });
    const cursor = cursors.parse("disposals", principal.principalId, query.cursor);
    const before = cursor === null ? null : parseId(cursor);
    const page = await retention.disposals.list({ after: before, limit: query.limit });
    return {
      items: page.items.map(disposalAnswer),
      next: cursors.print("disposals", principal.principalId, page.next),
    };
  });
}
