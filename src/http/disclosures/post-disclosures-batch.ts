// POST /v1/disclosures/batch
import type { FastifyInstance } from "fastify";
import { disclosureRoutes } from "../../../contract/routes/disclosures.ts";
import { promiseAnswer } from "../promise-answer.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { fieldAnswer } from "./field-answer.ts";
import { batchQuestion } from "./parse-question.ts";

export function postDisclosuresBatch(http: FastifyInstance, { gate, idempotency, metrics }: Shell): void {
  serve(http, disclosureRoutes.discloseBatch, async ({ body, principal, request }) => {
    await idempotency.check(request);
    const answer = await gate.disclose(principal, batchQuestion(body));
    metrics.countDecision("disclosure-batch", answer.outcome);
    return {
      disclosureId: answer.disclosureId,
      outcome: answer.outcome,
      customers: answer.customers.map(({ customerId, outcome, fields }) => ({
        customerId,
        outcome,
        fields: fields.map(fieldAnswer),
      })),
      obligations: [...answer.obligations],
      promise: promiseAnswer(answer.promise),
    };
  });
}
