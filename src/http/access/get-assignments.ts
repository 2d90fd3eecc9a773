// GET /v1/assignments?clientId=
import type { FastifyInstance } from "fastify";
import { assignmentRoutes } from "../../../contract/routes/access.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";
import { assignmentAnswer } from "./assignment-answer.ts";
import { nextAssignment, parseAssignment } from "./assignment-place.ts";

export function getAssignments(http: FastifyInstance, { access, cursors }: Shell): void {
  serve(http, assignmentRoutes.list, async ({ query, principal }) => {
    const assignee = idOf(query.clientId);
    // Everybody may see the own work list.
    const isOwn = assignee === principal.principalId;
    if (!isOwn) requireRight(access, principal, "assignment.list");
    const after = parseAssignment(cursors.parse("assignments", principal.principalId, query.cursor));
    const assignees = isOwn ? [assignee, ...principal.groups] : [assignee];
    const page = await access.listAssigned(assignees, { after, limit: query.limit });
    return {
      items: page.assignments.map(assignmentAnswer),
      next: cursors.print("assignments", principal.principalId, nextAssignment(page.next)),
    };
  });
}
