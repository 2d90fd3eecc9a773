// POST /v1/session/passkey
import type { FastifyInstance } from "fastify";
import { sessionRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { assertion } from "./passkey-answers.ts";
import { carriedBy, signedInAnswer, whence } from "./signed-in.ts";

export function postSessionPasskey(http: FastifyInstance, shell: Shell): void {
  serve(http, sessionRoutes.showPasskey, async ({ body, principal, request, reply }) => {
    const { state, response, deviceToken } = body;
    const from = whence(shell, request, deviceToken);
    const entered = await shell.signIns.showPasskey(principal, { state, response: assertion(response) }, from);
    return signedInAnswer(shell, { request, reply }, carriedBy(request), entered);
  });
}
