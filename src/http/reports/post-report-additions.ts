// POST /v1/report-additions
import type { FastifyInstance } from "fastify";
import { reportRoutes } from "../../../contract/routes/reports.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { fewAnHour } from "./few-an-hour.ts";
import { messagesAnswer, reportAnswer } from "./report-answer.ts";

const ALLOWANCE = { anAddress: 60, all: 2000 };

export function postReportAdditions(http: FastifyInstance, { reports, clock }: Shell): void {
  const spend = fewAnHour(ALLOWANCE);
  servePublic(http, reportRoutes.add, async ({ body, request }) => {
    spend(request.ip, clock.now());
    const talk = await reports.add(body.receiptCode, body.text);
    return { report: reportAnswer(talk.report), messages: messagesAnswer(talk) };
  });
}
