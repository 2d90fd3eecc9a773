// DELETE /v1/me/sessions/:sessionId
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteMeSessionsId(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, ownRoutes.endSession, async ({ params, principal }) => {
    const sessionId = idOf(params.sessionId);
    await signIns.sessions.end(principal.principalId, { only: sessionId }, principal);
    return { id: sessionId };
  });
}
