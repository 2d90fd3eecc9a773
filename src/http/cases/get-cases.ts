// GET /v1/cases
import type { FastifyInstance } from "fastify";
import { caseRoutes } from "../../../contract/routes/cases.ts";
import { parseId } from "../../kernel/ids.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { faceAnswer } from "./case-answer.ts";

export function getCases(http: FastifyInstance, shell: Shell): void {
  const { cases, cursors } = shell;
  serve(http, caseRoutes.queue, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "case.read", kind: "case", customerId: null });
    const name = `cases ${query.state}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const after = cursor === null ? null : parseId(cursor);
    const page = await cases.queue(principal, query.state, { after, limit: query.limit });
    return { items: page.items.map(faceAnswer), next: cursors.print(name, principal.principalId, page.next) };
  });
}
