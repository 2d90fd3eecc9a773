// A mapping tried on the first rows of a file: what they would become and why some would be refused. Pure: nothing is read of what is stored, and nothing kept.
import type { Registry, UnitReach } from "../vault/vault.ts";
import { ImportError } from "./errors.ts";
import type { Mapping } from "./mapping.ts";
import { parseMapping } from "./mapping-folder.ts";
import { draftRow } from "./mapping-row.ts";
import { type FeedItem, readFeedHeader, readFeedRows } from "./parse.ts";
import { faultOfScope } from "./receive.ts";
import type { Reject, RowDraft } from "./row-draft.ts";

export interface TriedRow {
  readonly line: number;
  readonly rejects: readonly Reject[];
  readonly records: RowDraft["records"];
}

export interface TriedMapping {
  /** Why it is no mapping, or does not fit the file; empty for one that may be used. */
  readonly faults: readonly string[];
  readonly mapping: Mapping | null;
  readonly rows: readonly TriedRow[];
}

const ROWS_MAX = 50;

/** `head`: the file's first lines, the header included. */
export async function tryMapping(
  registry: Registry,
  text: string,
  head: Uint8Array,
  within: UnitReach,
): Promise<TriedMapping> {
  const parsed = parseMapping(text, registry);
  if (!parsed.ok) return { faults: parsed.faults, mapping: null, rows: [] };
  const { mapping } = parsed;
  try {
    const header = await readFeedHeader(once(head), mapping);
    const rows: TriedRow[] = [];
    for await (const item of readFeedRows(once(head.subarray(header.rows.byte)), mapping, header, header.rows)) {
      rows.push(triedRow(mapping, item, within));
      if (rows.length >= ROWS_MAX) break;
    }
    return { faults: [], mapping, rows };
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    return { faults: [error.message], mapping, rows: [] };
  }
}

function triedRow(mapping: Mapping, item: FeedItem, within: UnitReach): TriedRow {
  const { line } = item;
  if (item.kind === "reject") return { line, rejects: [{ line, field: "row", code: item.code }], records: [] };
  const drafted = draftRow(mapping, item);
  if (!drafted.ok) return { line, rejects: drafted.rejects, records: [] };
  const code = faultOfScope(drafted.draft, within);
  return { line, rejects: code === null ? [] : [{ line, field: "unit", code }], records: drafted.draft.records };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
