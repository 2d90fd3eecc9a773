// PUT /v1/customers/:customerId/choices
import type { FastifyInstance } from "fastify";
import { choiceRoutes } from "../../../contract/routes/choices.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { choicesAnswer } from "./choice-answer.ts";

export function putCustomersIdChoices(http: FastifyInstance, shell: Shell): void {
  const { choices, idempotency } = shell;
  serve(http, choiceRoutes.set, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "choice.set", kind: "choice", customerId });
    return idempotency.once(
      request,
      async (also) => {
        await choices.set(customerId, body, { actor: principal, also });
        return choicesAnswer(shell, customerId);
      },
      () => choicesAnswer(shell, customerId),
    );
  });
}
