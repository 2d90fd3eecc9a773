// POST /v1/disclosures
import type { FastifyInstance } from "fastify";
import { disclosureRoutes } from "../../../contract/routes/disclosures.ts";
import { sendText } from "../answer-text.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { singleQuestion } from "./parse-question.ts";

export function postDisclosures(http: FastifyInstance, { gate, idempotency, metrics }: Shell): void {
  serve(http, disclosureRoutes.disclose, async ({ body, principal, request, reply }) => {
    await idempotency.check(request);
    const answer = await gate.disclose(principal, singleQuestion(body));
    const { disclosureId, outcome, customers, obligations, promise } = answer;
    metrics.countDecision("disclosure", outcome);
    const fields = customers[0]?.fields ?? [];
    const { customerId } = body;
    return sendText<typeof disclosureRoutes.disclose>(reply, {
      disclosureId,
      customerId,
      outcome,
      fields,
      obligations,
      promise,
    });
  });
}
