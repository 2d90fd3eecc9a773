// GET /v1/retention-schedule
import type { FastifyInstance } from "fastify";
import { disposalRoutes } from "../../../contract/routes/disposals.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { scheduleAnswer } from "./disposal-answer.ts";

export function getRetentionSchedule(http: FastifyInstance, shell: Shell): void {
  serve(http, disposalRoutes.schedule, async ({ principal }) => {
    await requireRecordedRight(shell, principal, { action: "disposal.read", kind: "retention", customerId: null });
    return scheduleAnswer(shell.retention.rules);
  });
}
