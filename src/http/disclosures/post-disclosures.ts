// POST /v1/disclosures
import type { FastifyInstance } from "fastify";
import { disclosureRoutes } from "../../../contract/routes/disclosures.ts";
import { promiseAnswer } from "../promise-answer.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { fieldAnswer } from "./field-answer.ts";
import { singleQuestion } from "./parse-question.ts";

export function postDisclosures(http: FastifyInstance, { gate, idempotency, metrics }: Shell): void {
  serve(http, disclosureRoutes.disclose, async ({ body, principal, request }) => {
    await idempotency.check(request);
    const question = singleQuestion(body);
    const { disclosureId, outcome, customers, obligations, promise } = await gate.disclose(principal, question);
    metrics.countDecision("disclosure", outcome);
    return {
      disclosureId,
      customerId: body.customerId,
      outcome,
      fields: (customers[0]?.fields ?? []).map(fieldAnswer),
      obligations: [...obligations],
      promise: promiseAnswer(promise),
    };
  });
}
