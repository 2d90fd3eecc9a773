// The reporter's side: without a name, by the receipt code alone.
import { putRow } from "../authority/authority.ts";
import type { Token, Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Role } from "../kernel/vocabulary.ts";
import type { ReportsContext } from "./context.ts";
import { ReportsError } from "./errors.ts";
import { newReceiptCode, normalizedCode } from "./receipt-code.ts";
import {
  type Category,
  faceOf,
  MESSAGE,
  type MessageKind,
  REPORT,
  type ReportFace,
  type ReportRow,
} from "./report-row.ts";
import { changeReport, messageRow, writeRows } from "./write-report.ts";

export interface Submission {
  readonly category: Category;
  readonly text: string;
  /** Offices that are not to see it. */
  readonly concernedRoles: readonly Role[];
}

export interface ReceivedReport {
  readonly report: ReportFace;
  /** Shown once. */
  readonly receiptCode: string;
}

/** Nobody's name stands in it: who reports is nobody. */
export interface Talk {
  readonly report: ReportFace;
  readonly messages: readonly {
    readonly kind: MessageKind;
    readonly isDesk: boolean;
    readonly at: Date;
    readonly text: string;
  }[];
}

/** As governance/access gives `report.read`. */
const DESIGNATED: readonly Role[] = ["compliance", "dpo", "litigation"];

/** Throws ReportsError `nobody-left`. */
export async function submit(
  context: ReportsContext,
  { category, text, concernedRoles }: Submission,
): Promise<ReceivedReport> {
  if (DESIGNATED.every((role) => concernedRoles.includes(role))) throw new ReportsError("nobody-left");
  const { access, clock } = context;
  const [reportId, receiptCode, at] = [newId(), newReceiptCode(), clock.now().toISOString()];
  const content = {
    category,
    receivedAt: at,
    concernedRoles: [...new Set(concernedRoles)],
    concernedIds: [],
    acknowledgedAt: null,
    feedbackAt: null,
    closedAt: null,
  };
  await writeRows(context, { action: "report.submit", actor: access.system, reportId }, () => [
    putRow(REPORT, { rowId: newId(), lookup: lookupOf(context, receiptCode), content }),
    messageRow({ kind: "report", at, by: null, text }),
  ]);
  return { report: (await readTalk(context, reportId)).report, receiptCode };
}

/** Throws ReportsError `unknown-receipt`. Only the reporter comes here, so that reading is no entry: it would tell when they did. */
export async function talkOf(context: ReportsContext, receiptCode: string): Promise<Talk> {
  return readTalk(context, (await find(context, receiptCode)).ownerId);
}

/** Throws ReportsError `unknown-receipt`, `wrong-state`, `too-many-messages`. */
export async function addTo(context: ReportsContext, receiptCode: string, text: string): Promise<Talk> {
  const { ownerId: reportId } = await find(context, receiptCode);
  const at = context.clock.now().toISOString();
  await changeReport(context, { action: "report.submit", actor: context.access.system, reportId }, () => ({
    message: { kind: "addition", at, by: null, text },
  }));
  return readTalk(context, reportId);
}

async function find(context: ReportsContext, receiptCode: string): Promise<ReportRow> {
  const lookup = lookupOf(context, receiptCode);
  const row = lookup === null ? null : await context.authority.find(context.database, REPORT, lookup);
  if (row === null) throw new ReportsError("unknown-receipt");
  return row;
}

function lookupOf({ keys }: ReportsContext, receiptCode: string): Token | null {
  const code = normalizedCode(receiptCode);
  return code === null ? null : keys.keyedDigest("report-receipt", code);
}

/** Throws ReportsError `unknown-report`. */
export async function readTalk({ authority, database, clock }: ReportsContext, reportId: Uuid): Promise<Talk> {
  const live = (await authority.liveOfMany(database, [REPORT, MESSAGE], [reportId])).get(reportId);
  const now = clock.now();
  const row = live?.of(REPORT, now)[0];
  if (live == null || row === undefined) throw new ReportsError("unknown-report");
  const messages = live.of(MESSAGE, now).map(({ content: { kind, by, at, text } }) => ({
    kind,
    isDesk: by !== null,
    at: new Date(at),
    text,
  }));
  return { report: faceOf(row, now), messages };
}
