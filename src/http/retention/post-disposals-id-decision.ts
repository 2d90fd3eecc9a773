// POST /v1/disposals/:disposalId/decision
import type { FastifyInstance } from "fastify";
import { disposalRoutes } from "../../../contract/routes/disposals.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { disposalAnswer } from "./disposal-answer.ts";

export function postDisposalsIdDecision(http: FastifyInstance, shell: Shell): void {
  const { retention, idempotency, signIns } = shell;
  serve(http, disposalRoutes.decide, async ({ params, body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "disposal.decide", kind: "retention", customerId: null });
    // Nothing brings it back: a session left open approves nothing.
    if (body.approve) signIns.assertFresh(principal);
    const disposalId = idOf(params.disposalId);
    return idempotency.once(
      request,
      async (also) => disposalAnswer(await retention.disposals.decide(principal, { disposalId, ...body }, also)),
      async () => disposalAnswer(await retention.disposals.get(disposalId)),
    );
  });
}
