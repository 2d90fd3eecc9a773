// PUT /v1/portal/choices
import type { FastifyInstance } from "fastify";
import { choiceRoutes } from "../../../contract/routes/choices.ts";
import { requireFreshFactor } from "../authorizations/own-signature.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { choicesAnswer } from "./choice-answer.ts";

export function putPortalChoices(http: FastifyInstance, shell: Shell): void {
  const { choices, idempotency } = shell;
  serve(http, choiceRoutes.setOwn, async ({ body, principal, request }) => {
    const asker = customerOf(principal);
    if (!body.saysNo) await requireFreshFactor(shell, asker);
    return idempotency.once(
      request,
      async (also) => {
        await choices.set(asker.customerId, { ...body, channel: "portal" }, { actor: asker, also });
        return choicesAnswer(shell, asker.customerId);
      },
      () => choicesAnswer(shell, asker.customerId),
    );
  });
}
