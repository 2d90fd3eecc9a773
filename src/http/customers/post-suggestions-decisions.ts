// POST /v1/suggestions/decisions
import type { FastifyInstance } from "fastify";
import { suggestionRoutes } from "../../../contract/routes/customers.ts";
import { serve } from "../serve.ts";
import { requireRecordedRight } from "../refusals.ts";
import { idOf, type Shell } from "../shell.ts";
import { writeActor } from "./write-actor.ts";

export function postSuggestionsDecisions(http: FastifyInstance, { access, idempotency, ledger, vault }: Shell): void {
  serve(http, suggestionRoutes.decide, async ({ body, principal, request }) => {
    const { customerId, otherCustomerId, decision: verdict, reason } = body;
    const attempt = { action: "match.decide", kind: "match-decision", customerId: idOf(customerId) } as const;
    await requireRecordedRight({ access, ledger }, principal, attempt);
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
