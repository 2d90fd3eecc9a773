// DELETE /v1/portal/representatives/:representationId
import type { FastifyInstance } from "fastify";
import { portalRepresentativeRoutes } from "../../../contract/routes/portal-representatives.ts";
import { SignInError } from "../../signin/signin.ts";
import { endAndTell } from "../representation/tell-represented.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { customerOf } from "./customer-of.ts";

export function deletePortalRepresentativesId(http: FastifyInstance, shell: Shell): void {
  const { idempotency, representations, signIns } = shell;
  serve(http, portalRepresentativeRoutes.end, async ({ params, principal, request }) => {
    const asker = customerOf(principal);
    if (!(await signIns.face(asker)).mayChangeFactors) throw new SignInError("step-up-needed");
    // INVARIANT: the row is looked for among the customer's own, so nobody ends what others granted.
    const at = { customerId: asker.customerId, representationId: idOf(params.representationId) };
    return idempotency.once(
      request,
      async (also) => {
        await endAndTell(shell, at, () => representations.end(at, asker, also, true));
        return { id: at.representationId };
      },
      () => ({ id: at.representationId }),
    );
  });
}
