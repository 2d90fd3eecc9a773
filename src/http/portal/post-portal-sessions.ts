// POST /v1/portal/sessions
import type { FastifyInstance } from "fastify";
import { portalRoutes } from "../../../contract/routes/portal.ts";
import { servePublic } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { checkCarried } from "../sign-in/signed-in.ts";
import { customerSessionAnswer } from "./customer-session-answer.ts";
import { whenceOf } from "./whence.ts";

export function postPortalSessions(http: FastifyInstance, shell: Shell): void {
  servePublic(http, portalRoutes.signIn, async ({ body, request, reply }) => {
    checkCarried(request, body.as);
    const signedIn = await shell.portal.redeem({
      challengeId: idOf(body.challengeId),
      code: body.code,
      ...whenceOf(request),
    });
    return customerSessionAnswer(shell, reply, body.as, { ...signedIn, deviceToken: null });
  });
}
