// GET /v1/me/sessions
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getMeSessions(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, ownRoutes.sessions, async ({ principal }) => {
    const sessions = await signIns.sessions.of(principal.principalId);
    const items = sessions.flatMap(({ rowId, endsAt, content }) => {
      const { methods, startedAt, strongAt, device, address } = content;
      const isThis = rowId === principal.signIn?.sessionId;
      return endsAt === null
        ? []
        : [{ sessionId: rowId, isThis, methods, startedAt, strongAt, endsAt: endsAt.toISOString(), device, address }];
    });
    return { items };
  });
}
