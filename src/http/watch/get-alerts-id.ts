// GET /v1/alerts/:alertId
import type { FastifyInstance } from "fastify";
import { alertRoutes } from "../../../contract/routes/watch.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { alertAnswer } from "./alert-answer.ts";

export function getAlertsId(http: FastifyInstance, shell: Shell): void {
  serve(http, alertRoutes.show, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "alert.list", kind: "alert", customerId: null });
    return alertAnswer(await shell.watch.alerts.show(idOf(params.alertId)));
  });
}
