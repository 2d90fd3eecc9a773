// POST /v1/me/passkeys/options
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postMePasskeysOptions(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, ownRoutes.passkeyOptions, async ({ principal }) => {
    const { state, options } = await signIns.passkeyOptions(principal);
    return { state, options: { ...options } };
  });
}
