// PUT /v1/me/password
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { carriedBy, signedInAnswer, whence } from "./signed-in.ts";

export function putMePassword(http: FastifyInstance, shell: Shell): void {
  serve(http, ownRoutes.choosePassword, async ({ body, principal, request, reply }) => {
    const stepped = await shell.signIns.choosePassword(principal, body.password, whence(shell, request));
    if (stepped === null) return { signedIn: null };
    const entered = { ...stepped, deviceToken: null };
    return { signedIn: await signedInAnswer(shell, { request, reply }, carriedBy(request), entered) };
  });
}
