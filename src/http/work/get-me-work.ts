// GET /v1/me/work
import type { FastifyInstance } from "fastify";
import { workRoutes } from "../../../contract/routes/work.ts";
import { assignmentAnswer } from "../access/assignment-answer.ts";
import { nextAssignment, parseAssignment } from "../access/assignment-place.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

const NONE = { items: [], isCut: false } as const;

export function getMeWork(http: FastifyInstance, { access, cursors, work }: Shell): void {
  serve(http, workRoutes.work, async ({ query, principal }) => {
    const { principalId, groups } = principal;
    const after = parseAssignment(cursors.parse("work", principalId, query.cursor));
    const assigned = access.listAssigned([principalId, ...groups], { after, limit: query.limit });
    const [page, waiting] = await Promise.all([assigned, after === null ? work.waitingFor(principal) : NONE]);
    return {
      assignments: page.assignments.map(assignmentAnswer),
      next: cursors.print("work", principalId, nextAssignment(page.next)),
      waiting: waiting.items.map((item) => ({
        ...item,
        since: item.since?.toISOString() ?? null,
        dueAt: item.dueAt?.toISOString() ?? null,
      })),
      isCut: waiting.isCut,
    };
  });
}
