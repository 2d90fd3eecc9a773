// POST /v1/disclosures
import type { FastifyInstance } from "fastify";
import { disclosureRoutes } from "../../../contract/routes/disclosures.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { disclosureText } from "./disclosure-text.ts";
import { singleQuestion } from "./parse-question.ts";

export function postDisclosures(http: FastifyInstance, { gate, idempotency, metrics }: Shell): void {
  serve(http, disclosureRoutes.disclose, async ({ body, principal, request, reply }) => {
    await idempotency.check(request);
    const answer = await gate.disclose(principal, singleQuestion(body));
    const { disclosureId, outcome, customers, obligations, promise } = answer;
    metrics.countDecision("disclosure", outcome);
    const fields = customers[0]?.fields ?? [];
    const { customerId } = body;
    const text = disclosureText({ disclosureId, customerId, outcome, fields, obligations, promise });
    return reply.type("application/json; charset=utf-8").send(text);
  });
}
