// POST /v1/sessions
import type { FastifyInstance } from "fastify";
import { signInRoutes } from "../../../contract/routes/sign-in.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { checkCarried, signedInAnswer, whence } from "./signed-in.ts";

export function postSessions(http: FastifyInstance, shell: Shell): void {
  servePublic(http, signInRoutes.byPassword, async ({ body, request, reply }) => {
    const { email, password, as, deviceToken } = body;
    checkCarried(request, as);
    const from = whence(shell, request, deviceToken);
    const started = await shell.signIns.signInByPassword({ email, password, from });
    return signedInAnswer(shell, { request, reply }, as, { ...started, deviceToken: null });
  });
}
