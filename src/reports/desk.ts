// The side of those who answer: who sees which report, and what they do about it.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { ReportsContext } from "./context.ts";
import { ReportsError } from "./errors.ts";
import {
  faceOf,
  type MessageKind,
  REPORT,
  type ReportContent,
  type ReportFace,
  type ReportState,
  stateOf,
} from "./report-row.ts";
import { readTalk, type Talk } from "./reporter.ts";
import { changeReport, writeRows, type Writing } from "./write-report.ts";

export interface ReportPage {
  readonly items: readonly ReportFace[];
  readonly next: Uuid | null;
}

export interface Reply {
  readonly reportId: Uuid;
  readonly kind: Extract<MessageKind, "acknowledgement" | "question" | "feedback">;
  readonly text: string;
}

const SCANNED_MAX = 5000;
const PAGE = 100;
const CONCERNED_MAX = 50;

/** Faces alone, without a word of anybody: no entry. None that the asker is shut out of. */
export async function listReports(
  context: ReportsContext,
  asker: Authenticated,
  state: ReportState | null,
  page: { readonly after: Uuid | null; readonly limit: number },
): Promise<ReportPage> {
  const items: ReportFace[] = [];
  let { after } = page;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += PAGE) {
    const read = await context.authority.page(context.database, REPORT, { state: "live", after, limit: PAGE });
    for (const row of read.rows) {
      after = row.rowId;
      if (state !== null && stateOf(row.content) !== state) continue;
      if (await isShutOut(context, asker, row.content)) continue;
      items.push(faceOf(row, context.clock.now()));
      if (items.length === page.limit) return { items, next: after };
    }
    after = read.next;
    if (after === null) break;
  }
  return { items, next: after };
}

/** An entry in the reader's name comes first. Throws ReportsError `unknown-report`, also for whoever is shut out. */
export async function readReport(context: ReportsContext, asker: Authenticated, reportId: Uuid): Promise<Talk> {
  await requireSeen(context, asker, reportId);
  await writeRows(context, { action: "report.read", actor: asker, reportId }, () => []);
  return readTalk(context, reportId);
}

/** A first answer acknowledges as well. */
export async function reply(
  context: ReportsContext,
  asker: Authenticated,
  { reportId, kind, text }: Reply,
  also?: AlsoWrite,
): Promise<ReportFace> {
  const at = context.clock.now().toISOString();
  return change(context, { action: "report.answer", actor: asker, reportId, also }, (content) => ({
    content: {
      acknowledgedAt: content.acknowledgedAt ?? at,
      feedbackAt: kind === "feedback" ? (content.feedbackAt ?? at) : content.feedbackAt,
    },
    message: { kind, at, by: asker.principalId, text },
  }));
}

/** Shuts people out, with their line; nobody is let in again. Whoever does it may shut out themselves. */
export async function addConcerned(
  context: ReportsContext,
  asker: Authenticated,
  { reportId, principalIds }: { readonly reportId: Uuid; readonly principalIds: readonly Uuid[] },
  also?: AlsoWrite,
): Promise<void> {
  await requireSeen(context, asker, reportId);
  await changeReport(context, { action: "report.shut-out", actor: asker, reportId, also }, (content) => {
    const concernedIds = [...new Set([...content.concernedIds, ...principalIds])];
    if (concernedIds.length > CONCERNED_MAX) throw new ReportsError("too-many-messages");
    return { content: { concernedIds } };
  });
}

/** Art. 9(1)(f) asks for feedback: what was not answered is not closed. */
export function closeReport(
  context: ReportsContext,
  asker: Authenticated,
  reportId: Uuid,
  also?: AlsoWrite,
): Promise<ReportFace> {
  const at = context.clock.now().toISOString();
  return change(context, { action: "report.close", actor: asker, reportId, also }, (content) => {
    if (content.feedbackAt === null) throw new ReportsError("wrong-state");
    return { content: { closedAt: at } };
  });
}

export async function showReport(context: ReportsContext, asker: Authenticated, reportId: Uuid): Promise<ReportFace> {
  return requireSeen(context, asker, reportId);
}

async function change(
  context: ReportsContext,
  by: Writing & { readonly actor: Authenticated },
  make: Parameters<typeof changeReport>[2],
): Promise<ReportFace> {
  await requireSeen(context, by.actor, by.reportId);
  await changeReport(context, by, make);
  return (await readTalk(context, by.reportId)).report;
}

/** INVARIANT: to whoever is shut out there is no such report. */
async function requireSeen(context: ReportsContext, asker: Authenticated, reportId: Uuid): Promise<ReportFace> {
  const [row] = await context.authority.live(context.database, REPORT, reportId);
  if (row === undefined || (await isShutOut(context, asker, row.content))) throw new ReportsError("unknown-report");
  return faceOf(row, context.clock.now());
}

async function isShutOut(
  { areTied }: ReportsContext,
  { principalId, role, via }: Authenticated,
  { concernedRoles, concernedIds }: ReportContent,
): Promise<boolean> {
  if (concernedRoles.includes(role)) return true;
  for (const one of [principalId, ...(via === undefined ? [] : [asId(via)])])
    for (const other of concernedIds) if (await areTied(one, other)) return true;
  return false;
}
