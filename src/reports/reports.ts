// The confidential channel: reports without a name, answered in time, kept from whomever they concern.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { ReportsContext } from "./context.ts";
import {
  addConcerned,
  closeReport,
  listReports,
  readReport,
  reply,
  type Reply,
  type ReportPage,
  showReport,
} from "./desk.ts";
import type { ReportFace, ReportState } from "./report-row.ts";
import { addTo, type ReceivedReport, submit, type Submission, type Talk, talkOf } from "./reporter.ts";

export type { ReportsErrorCode } from "./errors.ts";
export { CATEGORIES, type ReportFace } from "./report-row.ts";
export type { Talk } from "./reporter.ts";

/** Writes by staff throw AccessError `not-permitted` (recorded), `stale-actor`; whatever names a report throws ReportsError `unknown-report`. */
export interface Reports {
  /** By nobody. */
  submit(submission: Submission): Promise<ReceivedReport>;
  /** Throws ReportsError `unknown-receipt`. */
  talk(receiptCode: string): Promise<Talk>;
  add(receiptCode: string, text: string): Promise<Talk>;
  /** The caller checks `report.read`. */
  list(
    asker: Authenticated,
    state: ReportState | null,
    page: { readonly after: Uuid | null; readonly limit: number },
  ): Promise<ReportPage>;
  show(asker: Authenticated, reportId: Uuid): Promise<ReportFace>;
  read(asker: Authenticated, reportId: Uuid): Promise<Talk>;
  reply(asker: Authenticated, given: Reply, also?: AlsoWrite): Promise<ReportFace>;
  addConcerned(
    asker: Authenticated,
    concerned: { readonly reportId: Uuid; readonly principalIds: readonly Uuid[] },
    also?: AlsoWrite,
  ): Promise<void>;
  close(asker: Authenticated, reportId: Uuid, also?: AlsoWrite): Promise<ReportFace>;
}

export function openReports(context: ReportsContext): Reports {
  return {
    submit: (submission) => submit(context, submission),
    talk: (receiptCode) => talkOf(context, receiptCode),
    add: (receiptCode, text) => addTo(context, receiptCode, text),
    list: (asker, state, page) => listReports(context, asker, state, page),
    show: (asker, reportId) => showReport(context, asker, reportId),
    read: (asker, reportId) => readReport(context, asker, reportId),
    reply: (asker, given, also) => reply(context, asker, given, also),
    addConcerned: (asker, concerned, also) => addConcerned(context, asker, concerned, also),
    close: (asker, reportId, also) => closeReport(context, asker, reportId, also),
  };
}
