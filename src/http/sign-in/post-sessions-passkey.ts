// POST /v1/sessions/passkey
import type { FastifyInstance } from "fastify";
import { signInRoutes } from "../../../contract/routes/sign-in.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { assertion } from "./passkey-answers.ts";
import { checkCarried, signedInAnswer, whence } from "./signed-in.ts";

export function postSessionsPasskey(http: FastifyInstance, shell: Shell): void {
  servePublic(http, signInRoutes.byPasskey, async ({ body, request, reply }) => {
    const { state, response, as, deviceToken } = body;
    checkCarried(request, as);
    const from = whence(shell, request, deviceToken);
    const entered = await shell.signIns.signInByPasskey({ state, response: assertion(response), from });
    return signedInAnswer(shell, { request, reply }, as, entered);
  });
}
