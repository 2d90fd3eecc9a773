// POST /v1/reports/:reportId/replies
import type { FastifyInstance } from "fastify";
import { reportRoutes } from "../../../contract/routes/reports.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";
import { listedAnswer } from "./report-answer.ts";

export function postReportsIdReplies(http: FastifyInstance, { access, idempotency, reports }: Shell): void {
  serve(http, reportRoutes.reply, async ({ params, body, principal, request }) => {
    requireRight(access, principal, "report.answer");
    const reportId = idOf(params.reportId);
    return idempotency.once(
      request,
      async (also) => listedAnswer(await reports.reply(principal, { reportId, ...body }, also)),
      async () => listedAnswer(await reports.show(principal, reportId)),
    );
  });
}
