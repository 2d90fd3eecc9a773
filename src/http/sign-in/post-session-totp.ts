// POST /v1/session/totp
import type { FastifyInstance } from "fastify";
import { sessionRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { carriedBy, signedInAnswer, whence } from "./signed-in.ts";

export function postSessionTotp(http: FastifyInstance, shell: Shell): void {
  serve(http, sessionRoutes.showCode, async ({ body, principal, request, reply }) => {
    const entered = await shell.signIns.showCode(principal, body.code, whence(shell, request, body.deviceToken));
    return signedInAnswer(shell, { request, reply }, carriedBy(request), entered);
  });
}
