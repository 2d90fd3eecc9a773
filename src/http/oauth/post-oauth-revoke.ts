// POST /oauth/revoke (RFC 7009)
import type { FastifyInstance } from "fastify";
import type { Shell } from "../shell.ts";
import { addOauthRoute } from "./oauth-scope.ts";

export function postOauthRevoke(http: FastifyInstance, shell: Shell): void {
  addOauthRoute(http, shell, "/oauth/revoke", async (systems, proving) => {
    await systems.revokeToken(proving);
    return {};
  });
}
