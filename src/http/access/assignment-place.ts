// Where a page of assignments starts, as a cursor carries it.
import type { AssignmentKey } from "../../access/access.ts";
import { parseId } from "../../kernel/ids.ts";

export function parseAssignment(place: string | null): AssignmentKey | null {
  const [customer = "", assignment = ""] = place?.split("/") ?? [];
  const customerId = parseId(customer);
  const assignmentId = parseId(assignment);
  return customerId === null || assignmentId === null ? null : { customerId, assignmentId };
}

export function nextAssignment(next: AssignmentKey | null): string | null {
  return next === null ? null : `${next.customerId}/${next.assignmentId}`;
}
