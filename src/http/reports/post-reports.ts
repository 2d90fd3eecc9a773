// POST /v1/reports
import type { FastifyInstance } from "fastify";
import { reportRoutes } from "../../../contract/routes/reports.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { fewAnHour } from "./few-an-hour.ts";
import { reportAnswer } from "./report-answer.ts";

/** Whole offices share an address. */
const ALLOWANCE = { anAddress: 30, all: 600 };

export function postReports(http: FastifyInstance, { reports, clock }: Shell): void {
  const spend = fewAnHour(ALLOWANCE);
  servePublic(http, reportRoutes.submit, async ({ body, request }) => {
    spend(request.ip, clock.now());
    const { report, receiptCode } = await reports.submit(body);
    return { ...reportAnswer(report), receiptCode };
  });
}
