// POST /v1/portal/sessions/passkey-options
import type { FastifyInstance } from "fastify";
import { portalRoutes } from "../../../contract/routes/portal.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postPortalSessionsPasskeyOptions(http: FastifyInstance, { signIns }: Shell): void {
  servePublic(http, portalRoutes.passkeyOptions, async () => {
    const { state, options } = await signIns.passkeySignInOptions();
    return { state, options: { ...options } };
  });
}
