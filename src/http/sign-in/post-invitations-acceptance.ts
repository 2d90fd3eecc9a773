// POST /v1/invitations/acceptance
import type { FastifyInstance } from "fastify";
import { signInRoutes } from "../../../contract/routes/sign-in.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { checkCarried, signedInAnswer, whence } from "./signed-in.ts";

export function postInvitationsAcceptance(http: FastifyInstance, shell: Shell): void {
  servePublic(http, signInRoutes.acceptInvitation, async ({ body, request, reply }) => {
    const { token, code = null, as, deviceToken } = body;
    checkCarried(request, as);
    const started = await shell.signIns.acceptInvitation({ token, code, from: whence(shell, request, deviceToken) });
    return signedInAnswer(shell, { request, reply }, as, { ...started, deviceToken: null });
  });
}
