// POST /v1/portal/authorizations
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { AuthorizationError } from "../../authorizations/authorizations.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { termsOf } from "./authorization-answer.ts";
import { ownSignature, requireFreshFactor } from "./own-signature.ts";

export function postPortalAuthorizations(http: FastifyInstance, shell: Shell): void {
  const { authorizations, clock, idempotency } = shell;
  serve(http, authorizationRoutes.give, async ({ body, principal, request }) => {
    const asker = customerOf(principal);
    await requireFreshFactor(shell, asker);
    const form = authorizations.forms.get(body.form);
    if (form?.portal !== true) throw new AuthorizationError("unknown-form");
    return idempotency.once(
      request,
      async (also) => {
        const evidence = ownSignature(form, clock.now());
        const who = { actor: asker, also, isOwn: true } as const;
        return { id: await authorizations.record(asker.customerId, termsOf(body), evidence, who) };
      },
      ([made]) => ({ id: made ?? asker.customerId }),
    );
  });
}
