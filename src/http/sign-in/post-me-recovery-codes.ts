// POST /v1/me/recovery-codes
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { whence } from "./signed-in.ts";

export function postMeRecoveryCodes(http: FastifyInstance, shell: Shell): void {
  serve(http, ownRoutes.renewRecoveryCodes, async ({ principal, request }) => {
    return { recoveryCodes: [...(await shell.signIns.renewRecoveryCodes(principal, whence(shell, request)))] };
  });
}
