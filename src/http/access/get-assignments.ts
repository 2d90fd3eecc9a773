// GET /v1/assignments?clientId=
import type { FastifyInstance } from "fastify";
import { assignmentRoutes } from "../../../contract/routes/access.ts";
import type { AssignmentKey } from "../../access/access.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";
import { assignmentAnswer } from "./assignment-answer.ts";

export function getAssignments(http: FastifyInstance, { access, cursors }: Shell): void {
  serve(http, assignmentRoutes.list, async ({ query, principal }) => {
    const assignee = idOf(query.clientId);
    // Everybody may see the own work list.
    const isOwn = assignee === principal.principalId;
    if (!isOwn) requireRight(access, principal, "assignment.list");
    const after = parsePlace(cursors.parse("assignments", principal.principalId, query.cursor));
    const assignees = isOwn ? [assignee, ...principal.groups] : [assignee];
    const page = await access.listAssigned(assignees, { after, limit: query.limit });
    const next = page.next === null ? null : `${page.next.customerId}/${page.next.assignmentId}`;
    return {
      items: page.assignments.map(assignmentAnswer),
      next: cursors.print("assignments", principal.principalId, next),
    };
  });
}

function parsePlace(place: string | null): AssignmentKey | null {
  const [customer = "", assignment = ""] = place?.split("/") ?? [];
  const customerId = parseId(customer);
  const assignmentId = parseId(assignment);
  return customerId === null || assignmentId === null ? null : { customerId, assignmentId };
}
