// DELETE /v1/packages/:packageId
import type { FastifyInstance } from "fastify";
import { packageRoutes } from "../../../contract/routes/packages.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { requireAnyRight } from "./may-read.ts";

export function deletePackagesId(http: FastifyInstance, shell: Shell): void {
  const { packages, idempotency } = shell;
  serve(http, packageRoutes.revoke, async ({ params, principal, request }) => {
    await requireAnyRight(shell, principal);
    const packageId = idOf(params.packageId);
    return idempotency.once(
      request,
      async (also) => ({ id: await packages.revoke(principal, packageId, also) }),
      () => ({ id: packageId }),
    );
  });
}
