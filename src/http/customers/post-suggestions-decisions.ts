// POST /v1/suggestions/decisions
import type { FastifyInstance } from "fastify";
import { suggestionRoutes } from "../../../contract/routes/customers.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";
import { writeActor } from "./write-actor.ts";

export function postSuggestionsDecisions(http: FastifyInstance, { access, idempotency, vault }: Shell): void {
  serve(http, suggestionRoutes.decide, ({ body, principal, request }) => {
    requireRight(access, principal, "match.decide");
    const { customerId, otherCustomerId, decision: verdict, reason } = body;
    const decision = { customerId: idOf(customerId), otherCustomerId: idOf(otherCustomerId), verdict };
    const answer = { id: decision.customerId };
    return idempotency.once(
      request,
      async (also) => {
        await vault.decideMatch(decision, { ...writeActor(principal, also), note: reason });
        return answer;
      },
      () => answer,
    );
  });
}
