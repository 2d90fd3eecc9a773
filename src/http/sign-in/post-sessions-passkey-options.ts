// POST /v1/sessions/passkey-options
import type { FastifyInstance } from "fastify";
import { signInRoutes } from "../../../contract/routes/sign-in.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postSessionsPasskeyOptions(http: FastifyInstance, { signIns }: Shell): void {
  servePublic(http, signInRoutes.passkeyOptions, async () => {
    const { state, options } = await signIns.passkeySignInOptions();
    return { state, options: { ...options } };
  });
}
