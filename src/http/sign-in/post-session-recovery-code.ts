// POST /v1/session/recovery-code
import type { FastifyInstance } from "fastify";
import { sessionRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { carriedBy, signedInAnswer, whence } from "./signed-in.ts";

export function postSessionRecoveryCode(http: FastifyInstance, shell: Shell): void {
  serve(http, sessionRoutes.showRecoveryCode, async ({ body, principal, request, reply }) => {
    const entered = await shell.signIns.showRecoveryCode(
      principal,
      body.code,
      whence(shell, request, body.deviceToken),
    );
    return signedInAnswer(shell, { request, reply }, carriedBy(request), entered);
  });
}
