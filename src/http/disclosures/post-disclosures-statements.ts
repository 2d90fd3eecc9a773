// POST /v1/disclosures/statements
import type { FastifyInstance } from "fastify";
import { disclosureRoutes } from "../../../contract/routes/disclosures.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { singleSubject } from "./parse-question.ts";

export function postDisclosuresStatements(http: FastifyInstance, { gate, idempotency, requests }: Shell): void {
  serve(http, disclosureRoutes.statements, async ({ body, principal, request }) => {
    await idempotency.check(request);
    const question = singleSubject(body);
    const statements = await requests.statementsOf(question.customerId);
    const { disclosureId, items } = await gate.disputedWords(principal, { question, statements });
    return { disclosureId, items: items.map((one) => ({ ...one, fields: [...one.fields] })) };
  });
}
