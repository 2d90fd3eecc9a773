// POST /v1/portal/authorizations/:authorizationId/renewal
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { ownSignature, requireFreshFactor } from "./own-signature.ts";

export function postPortalAuthorizationsIdRenewal(http: FastifyInstance, shell: Shell): void {
  const { authorizations, clock, idempotency } = shell;
  serve(http, authorizationRoutes.renewOwn, async ({ params, body, principal, request }) => {
    const asker = customerOf(principal);
    await requireFreshFactor(shell, asker);
    // INVARIANT: the row is looked for among the customer's own.
    const at = { customerId: asker.customerId, authorizationId: idOf(params.authorizationId) };
    return idempotency.once(
      request,
      async (also) => {
        const before = (await authorizations.list(at.customerId)).find(({ rowId }) => rowId === at.authorizationId);
        const form = authorizations.forms.get(before?.content.form ?? "");
        const evidence = ownSignature(form, clock.now());
        const who = { actor: asker, also, isOwn: true } as const;
        return { id: await authorizations.renew(at, new Date(body.expiresAt), evidence, who) };
      },
      ([made]) => ({ id: made ?? at.authorizationId }),
    );
  });
}
