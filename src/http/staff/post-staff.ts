// POST /v1/staff
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import type { staffDraft } from "../../../contract/staff.ts";
import type { PersonRequest } from "../../signin/signin.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { groupId, idOf, type Shell } from "../shell.ts";
import { invitationAnswer, staffAnswer } from "./staff-answer.ts";

export function postStaff(http: FastifyInstance, shell: Shell): void {
  const { idempotency, signIns } = shell;
  serve(http, staffRoutes.create, ({ body, principal, request }) => {
    const asked = personRequest(shell, body);
    return idempotency.once(
      request,
      async (also) => {
        const { principalId, invitation, isPending } = await signIns.staff.make(asked, principal, also);
        return {
          staff: staffAnswer({ ...asked, principalId, status: isPending ? "pending" : "active" }),
          invitation: invitationAnswer(invitation),
        };
      },
      // The link was shown once and is kept nowhere.
      async ([principalId]) => {
        if (principalId === undefined) throw new HttpError("conflict");
        const { person } = await signIns.staff.show(principalId);
        return { staff: staffAnswer(person), invitation: null };
      },
    );
  });
}

function personRequest({ keys }: Shell, draft: z.output<typeof staffDraft>): PersonRequest {
  const { groups, classes, expiresAt, supervisorId, ...same } = draft;
  return {
    ...same,
    groups: groups.map((group) => groupId(keys, group)),
    classCeiling: classes ?? null,
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
    supervisorId: supervisorId === undefined ? null : idOf(supervisorId),
  };
}
