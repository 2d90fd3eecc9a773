// An assignment as the interface shows it.
import type { z } from "zod";
import type { assignment } from "../../../contract/access.ts";
import type { Assignment } from "../../access/access.ts";

type Shown = Pick<Assignment, "assignmentId" | "customerId" | "unitId" | "assigneeId" | "kind" | "startsAt" | "endsAt">;

export function assignmentAnswer(shown: Shown): z.output<typeof assignment> {
  const { assignmentId, customerId, unitId, assigneeId, kind, startsAt, endsAt } = shown;
  return {
    assignmentId,
    customerId,
    unitId,
    assigneeId,
    kind,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
  };
}
