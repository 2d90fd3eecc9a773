// POST /v1/portal/sessions
import type { FastifyInstance } from "fastify";
import { portalRoutes } from "../../../contract/routes/portal.ts";
import { servePublic } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { whenceOf } from "./whence.ts";

export function postPortalSessions(http: FastifyInstance, { portal }: Shell): void {
  servePublic(http, portalRoutes.signIn, async ({ body, request }) => {
    const { endsAt, ...signedIn } = await portal.redeem({
      challengeId: idOf(body.challengeId),
      code: body.code,
      ...whenceOf(request),
    });
    return { ...signedIn, endsAt: endsAt.toISOString() };
  });
}
