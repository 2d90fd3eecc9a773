// The routes of the ethics desk, and of the confidential channel.
import { getReportsId } from "../reports/get-reports-id.ts";
import { getReports } from "../reports/get-reports.ts";
import { postReportAdditions } from "../reports/post-report-additions.ts";
import { postReportsIdClosing } from "../reports/post-reports-id-closing.ts";
import { postReportsIdConcerned } from "../reports/post-reports-id-concerned.ts";
import { postReportsIdReplies } from "../reports/post-reports-id-replies.ts";
import { postReportReceipts } from "../reports/post-report-receipts.ts";
import { postReports } from "../reports/post-reports.ts";
import { getDilemmasDesk } from "./get-dilemmas-desk.ts";
import { getDilemmasId } from "./get-dilemmas-id.ts";
import { getDilemmas } from "./get-dilemmas.ts";
import { postDilemmasIdDecision } from "./post-dilemmas-id-decision.ts";
import { postDilemmas } from "./post-dilemmas.ts";

export const ETHICS_ROUTES = [
  postDilemmas,
  getDilemmas,
  getDilemmasDesk,
  getDilemmasId,
  postDilemmasIdDecision,
  postReports,
  postReportReceipts,
  postReportAdditions,
  getReports,
  getReportsId,
  postReportsIdReplies,
  postReportsIdConcerned,
  postReportsIdClosing,
] as const;
