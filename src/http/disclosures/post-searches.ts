// POST /v1/searches
import type { FastifyInstance } from "fastify";
import { disclosureRoutes } from "../../../contract/routes/disclosures.ts";
import { promiseAnswer } from "../promise-answer.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postSearches(http: FastifyInstance, { gate, idempotency, metrics }: Shell): void {
  serve(http, disclosureRoutes.search, async ({ body, principal, request }) => {
    await idempotency.check(request);
    const { searchId, hits, truncated, promise } = await gate.search(principal, {
      ...body,
      as: body.as === undefined ? undefined : idOf(body.as),
    });
    metrics.countDecision("search", hits.length > 0 ? "found" : "nothing");
    return {
      searchId,
      hits: hits.map((hit) => ({ ...hit, summary: { ...hit.summary } })),
      truncated,
      promise: promiseAnswer(promise),
    };
  });
}
