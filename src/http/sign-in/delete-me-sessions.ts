// DELETE /v1/me/sessions
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function deleteMeSessions(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, ownRoutes.endOtherSessions, async ({ principal }) => {
    const allBut = principal.signIn?.sessionId ?? null;
    return { ended: await signIns.sessions.end(principal.principalId, { allBut }, principal) };
  });
}
