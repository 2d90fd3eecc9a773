// POST /v1/holds/:holdId/release/decision
import type { FastifyInstance } from "fastify";
import { holdRoutes } from "../../../contract/routes/holds.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { holdAnswer } from "./hold-answer.ts";

export function postHoldsIdReleaseDecision(http: FastifyInstance, shell: Shell): void {
  const { retention, idempotency } = shell;
  serve(http, holdRoutes.decideRelease, async ({ params, body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "hold.decide-release", kind: "hold", customerId: null });
    const holdId = idOf(params.holdId);
    return idempotency.once(
      request,
      async (also) =>
        holdAnswer(await retention.holds.decideRelease(principal, { holdId, approve: body.approve }, also)),
      async () => holdAnswer(await retention.holds.get(holdId)),
    );
  });
}
