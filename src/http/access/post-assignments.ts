// POST /v1/assignments
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { assignmentDraft } from "../../../contract/access.ts";
import { assignmentRoutes } from "../../../contract/routes/access.ts";
import type { AssignmentRequest } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { groupId, idOf, type Shell } from "../shell.ts";
import { assignmentAnswer } from "./assignment-answer.ts";

export function postAssignments(http: FastifyInstance, shell: Shell): void {
  const { access, idempotency, systems } = shell;
  serve(http, assignmentRoutes.create, ({ body, principal, request }) => {
    const asked = assignmentRequest(shell, body);
    return idempotency.once(
      request,
      async (also) => {
        await systems.holdFeed(principal, { requests: [asked] });
        return answerOf(shell, asked, await access.createAssignments([asked], principal, also));
      },
      (ids) => answerOf(shell, asked, ids),
    );
  });
}

/** The same assignment may have been open before, with an earlier start. */
async function answerOf({ access }: Shell, asked: AssignmentRequest, [assignmentId]: readonly Uuid[]) {
  const held = (await access.assignmentsFor([asked.customerId])).get(asked.customerId) ?? [];
  const found = held.find((each) => each.assignmentId === assignmentId);
  if (found !== undefined) return assignmentAnswer(found);
  if (assignmentId === undefined || asked.startsAt === undefined) throw new HttpError("conflict");
  // Not in force yet: it starts later.
  return assignmentAnswer({ ...asked, assignmentId, startsAt: asked.startsAt });
}

function assignmentRequest({ keys }: Shell, draft: z.output<typeof assignmentDraft>): AssignmentRequest {
  const { customerId, unitId, clientId, group, kind, startsAt, endsAt } = draft;
  const assigneeId = group === undefined ? idOf(clientId ?? "") : groupId(keys, group);
  return {
    customerId: idOf(customerId),
    assigneeId,
    unitId: unitId === undefined ? null : idOf(unitId),
    kind,
    ...(startsAt === undefined ? {} : { startsAt: new Date(startsAt) }),
    endsAt: endsAt === undefined ? null : new Date(endsAt),
  };
}
