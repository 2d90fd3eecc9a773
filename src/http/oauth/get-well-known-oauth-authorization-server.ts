// GET /.well-known/oauth-authorization-server (RFC 8414)
import type { FastifyInstance } from "fastify";
import { metadataOf } from "../../systems/systems.ts";
import { issuerOf } from "./oauth-scope.ts";
import type { Shell } from "../shell.ts";

export function getWellKnownOauthAuthorizationServer(http: FastifyInstance, shell: Shell): void {
  const { systems, asks } = shell;
  const options = { config: { isPublic: true }, schema: { hide: true } };
  http.get("/.well-known/oauth-authorization-server", options, () =>
    metadataOf(issuerOf(shell), {
      hasCertificates: asks.forCertificates,
      hasAuthority: systems.settings.clientAuthority,
    }),
  );
}
