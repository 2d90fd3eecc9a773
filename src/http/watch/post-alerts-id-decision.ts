// POST /v1/alerts/:alertId/decision
import type { FastifyInstance } from "fastify";
import { alertRoutes } from "../../../contract/routes/watch.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { alertAnswer } from "./alert-answer.ts";

export function postAlertsIdDecision(http: FastifyInstance, shell: Shell): void {
  const { idempotency, watch } = shell;
  serve(http, alertRoutes.decide, async ({ params, body, principal, request }) => {
    // Before it is looked up: who may not decide learns of no alert.
    await requireRecordedRight(shell, principal, { action: "alert.decide", kind: "alert", customerId: null });
    const alertId = idOf(params.alertId);
    return idempotency.once(
      request,
      async (also) => alertAnswer(await watch.alerts.decide({ alertId, ...body }, principal, also)),
      async () => alertAnswer(await watch.alerts.show(alertId)),
    );
  });
}
