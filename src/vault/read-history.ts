// What a record said before each correction, still sealed: to be opened like any record, through open.ts or masked.ts.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import type { RecordRow } from "./record-store.ts";
import { readHistory, readRevisions } from "./record-store.ts";

const HISTORY_PAGE_MAX = 50;

export interface HistoryPage {
  /** Newest first. The revision in force is not among them. */
  readonly revisions: readonly RecordRow[];
  /** Pass as `before` for the next page; null on the last. */
  readonly next: number | null;
}

/** Newest first, the one in force among them; `before` null begins with that. A page holds `limit` at most, 51 unless said otherwise. */
export function recordRevisions(
  on: Querier,
  record: { readonly customerId: Uuid; readonly recordId: Uuid },
  { before, limit = HISTORY_PAGE_MAX + 1 }: { readonly before: number | null; readonly limit?: number },
): Promise<RecordRow[]> {
  return readRevisions(on, record, { before, limit });
}

export async function recordHistory(
  on: Querier,
  record: { readonly customerId: Uuid; readonly recordId: Uuid },
  before: number | null = null,
): Promise<HistoryPage> {
  const revisions = await readHistory(on, record, { before, limit: HISTORY_PAGE_MAX });
  return { revisions, next: revisions.length < HISTORY_PAGE_MAX ? null : (revisions.at(-1)?.revision ?? null) };
}
