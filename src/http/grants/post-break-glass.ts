// POST /v1/break-glass
import type { FastifyInstance } from "fastify";
import { grantRoutes } from "../../../contract/routes/grants.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { ownGrant } from "./own-grant.ts";

export function postBreakGlass(http: FastifyInstance, shell: Shell): void {
  const { grants, idempotency } = shell;
  serve(http, grantRoutes.breakGlass, ({ body, principal, request }) =>
    idempotency.once(
      request,
      async (also) => ownGrant(shell, principal, await grants.openBreakGlass(body, principal, also)),
      ([grantId]) => ownGrant(shell, principal, grantId),
    ),
  );
}
