// Every change of a report: under the head of its owner, and an entry that is withheld.
import type { Action, Actor, AlsoWrite } from "../access/access.ts";
import { putRow, type LiveRows, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { ReportsContext } from "./context.ts";
import { ReportsError } from "./errors.ts";
import { MESSAGE, type MessageContent, REPORT, type ReportContent, type ReportRow, stateOf } from "./report-row.ts";

/** More would not fit a head. */
const MESSAGES_MAX = 200;

export interface Writing {
  readonly action: Extract<Action, `report.${string}`>;
  readonly actor: Actor;
  readonly reportId: Uuid;
  readonly also?: AlsoWrite | undefined;
}

interface Change {
  readonly content?: Partial<ReportContent>;
  readonly message?: MessageContent;
}

/** Throws ReportsError `unknown-report`, `wrong-state`, `too-many-messages`. */
export async function changeReport(
  context: ReportsContext,
  by: Writing,
  make: (content: ReportContent) => Change,
): Promise<void> {
  await writeRows(context, by, (live) => {
    const row = live.of(REPORT, context.clock.now())[0];
    if (row === undefined) throw new ReportsError("unknown-report");
    if (stateOf(row.content) === "closed") throw new ReportsError("wrong-state");
    if (live.places.length > MESSAGES_MAX) throw new ReportsError("too-many-messages");
    const { content, message } = make(row.content);
    return [
      ...(content === undefined ? [] : [changed(row, content)]),
      ...(message === undefined ? [] : [messageRow(message)]),
    ];
  });
}

export async function writeRows(
  { access, authority }: ReportsContext,
  { reportId, ...by }: Writing,
  make: (live: LiveRows) => RowChange[],
): Promise<void> {
  await access.write({ kind: "report", targets: [], withheld: true, ...by }, async ({ tx, act }) => {
    const written = await authority.change(tx, { ownerId: reportId, act, reads: [REPORT.kind], make });
    return { result: null, written, detail: { report: reportId }, ids: [reportId] };
  });
}

export function messageRow(content: MessageContent): RowChange {
  return putRow(MESSAGE, { rowId: newId(), content });
}

function changed(row: ReportRow, content: Partial<ReportContent>): RowChange {
  return putRow(REPORT, { ...row, content: { ...row.content, ...content } });
}
