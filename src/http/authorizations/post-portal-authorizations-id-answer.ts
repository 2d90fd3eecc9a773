// POST /v1/portal/authorizations/:authorizationId/answer
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { ownSignature, requireFreshFactor } from "./own-signature.ts";

export function postPortalAuthorizationsIdAnswer(http: FastifyInstance, shell: Shell): void {
  const { authorizations, clock, idempotency } = shell;
  serve(http, authorizationRoutes.answerOwn, async ({ params, body, principal, request }) => {
    const asker = customerOf(principal);
    if (body.gives) await requireFreshFactor(shell, asker);
    // INVARIANT: the row is looked for among the customer's own.
    const at = { customerId: asker.customerId, authorizationId: idOf(params.authorizationId) };
    return idempotency.once(
      request,
      async (also) => {
        const asked = (await authorizations.list(at.customerId)).find(({ rowId }) => rowId === at.authorizationId);
        const form = authorizations.forms.get(asked?.content.form ?? "");
        const evidence = body.gives ? ownSignature(form, clock.now()) : null;
        await authorizations.answer(at, evidence, { actor: asker, also, isOwn: true });
        return { id: at.authorizationId };
      },
      () => ({ id: at.authorizationId }),
    );
  });
}
