// What a record said before each correction, still sealed: to be opened like any record, through open.ts or masked.ts.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import type { RecordRow } from "./record-store.ts";
import { readHistory } from "./record-store.ts";

const HISTORY_PAGE_MAX = 50;

export interface HistoryPage {
  /** Newest first. The revision in force is not among them. */
  readonly revisions: readonly RecordRow[];
  /** Pass as `before` for the next page; null on the last. */
  readonly next: number | null;
}

export async function recordHistory(
  on: Querier,
  record: { readonly customerId: Uuid; readonly recordId: Uuid },
  before: number | null = null,
): Promise<HistoryPage> {
  const revisions = await readHistory(on, record, { before, limit: HISTORY_PAGE_MAX });
  return { revisions, next: revisions.length < HISTORY_PAGE_MAX ? null : (revisions.at(-1)?.revision ?? null) };
}
