// GET /v1/reports/:reportId
import type { FastifyInstance } from "fastify";
import { reportRoutes } from "../../../contract/routes/reports.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";
import { listedAnswer, messagesAnswer } from "./report-answer.ts";

export function getReportsId(http: FastifyInstance, { access, reports }: Shell): void {
  serve(http, reportRoutes.read, async ({ params, principal }) => {
    requireRight(access, principal, "report.read");
    const talk = await reports.read(principal, idOf(params.reportId));
    return { report: listedAnswer(talk.report), messages: messagesAnswer(talk) };
  });
}
