// POST /oauth/token (RFC 6749 3.2)
import type { FastifyInstance } from "fastify";
import type { Shell } from "../shell.ts";
import { addOauthRoute } from "./oauth-scope.ts";

const ACCESS_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";

export function postOauthToken(http: FastifyInstance, shell: Shell): void {
  addOauthRoute(http, shell, "/oauth/token", async (systems, proving) => {
    const { accessToken, expiresInSeconds, purposes, isExchanged } = await systems.issueToken(proving);
    return {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: expiresInSeconds,
      scope: purposes.join(" "),
      ...(isExchanged ? { issued_token_type: ACCESS_TOKEN_TYPE } : {}),
    };
  });
}
