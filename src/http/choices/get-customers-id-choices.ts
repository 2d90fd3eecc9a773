// GET /v1/customers/:customerId/choices
import type { FastifyInstance } from "fastify";
import { choiceRoutes } from "../../../contract/routes/choices.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { recordView } from "../customers/record-view.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { choicesAnswer, historyAnswer } from "./choice-answer.ts";

export function getCustomersIdChoices(http: FastifyInstance, shell: Shell): void {
  serve(http, choiceRoutes.list, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "choice.read", kind: "flag-read", customerId });
    await recordView(shell, principal, "flag-read", customerId);
    return { ...(await choicesAnswer(shell, customerId)), history: await historyAnswer(shell, customerId) };
  });
}
