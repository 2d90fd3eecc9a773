// POST /v1/session/passkey-options
import type { FastifyInstance } from "fastify";
import { sessionRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postSessionPasskeyOptions(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, sessionRoutes.passkeyOptions, async ({ principal }) => {
    const { state, options } = await signIns.stepUpOptions(principal);
    return { state, options: { ...options } };
  });
}
