// POST /v1/me/totp/:factorId/confirmation
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { addedAnswer } from "./added-answer.ts";
import { whence } from "./signed-in.ts";

export function postMeTotpIdConfirmation(http: FastifyInstance, shell: Shell): void {
  serve(http, ownRoutes.confirmTotp, async ({ params, body, principal, request, reply }) => {
    const shown = { factorId: idOf(params.factorId), code: body.code };
    const added = await shell.signIns.confirmTotp(principal, shown, whence(shell, request));
    return addedAnswer(shell, { request, reply }, added);
  });
}
