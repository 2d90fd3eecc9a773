// DELETE /v1/grants/:grantId
import type { FastifyInstance } from "fastify";
import { grantRoutes } from "../../../contract/routes/grants.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { stateNow } from "./state-now.ts";

export function deleteGrantsId(http: FastifyInstance, shell: Shell): void {
  const { grants, idempotency } = shell;
  serve(http, grantRoutes.end, ({ params, principal, request }) => {
    const grantId = idOf(params.grantId);
    return idempotency.once(
      request,
      async (also) => ({ grantId, state: await grants.end(grantId, principal, also) }),
      () => stateNow(shell, grantId),
    );
  });
}
