// POST /v1/reports/:reportId/closing
import type { FastifyInstance } from "fastify";
import { reportRoutes } from "../../../contract/routes/reports.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";
import { listedAnswer } from "./report-answer.ts";

export function postReportsIdClosing(http: FastifyInstance, { access, idempotency, reports }: Shell): void {
  serve(http, reportRoutes.close, async ({ params, principal, request }) => {
    requireRight(access, principal, "report.close");
    const reportId = idOf(params.reportId);
    return idempotency.once(
      request,
      async (also) => listedAnswer(await reports.close(principal, reportId, also)),
      async () => listedAnswer(await reports.show(principal, reportId)),
    );
  });
}
