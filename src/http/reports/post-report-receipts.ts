// POST /v1/report-receipts
import type { FastifyInstance } from "fastify";
import { reportRoutes } from "../../../contract/routes/reports.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { fewAnHour } from "./few-an-hour.ts";
import { messagesAnswer, reportAnswer } from "./report-answer.ts";

const ALLOWANCE = { anAddress: 120, all: 6000 };

export function postReportReceipts(http: FastifyInstance, { reports, clock }: Shell): void {
  const spend = fewAnHour(ALLOWANCE);
  servePublic(http, reportRoutes.talk, async ({ body, request }) => {
    spend(request.ip, clock.now());
    const talk = await reports.talk(body.receiptCode);
    return { report: reportAnswer(talk.report), messages: messagesAnswer(talk) };
  });
}
