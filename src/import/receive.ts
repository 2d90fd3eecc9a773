// Takes a file, or its next part, as a stream of bytes: rows are cut, drafted and written in batches, in constant memory.
import type { UnitReach } from "../vault/vault.ts";
import { ImportError } from "./errors.ts";
import { findMapping } from "./find-mapping.ts";
import { draftRow } from "./mapping-row.ts";
import type { Mapping } from "./mapping.ts";
import { type FeedHeader, type FeedItem, readFeedHeader, readFeedRows } from "./parse.ts";
import type { ImportParts, Sender } from "./parts.ts";
import type { RowDraft } from "./row-draft.ts";
import { openTotals } from "./run-totals.ts";
import type { RunRow } from "./run-store.ts";
import { type FeedMapping, type FilePosition, type ReadRow, writeBatch } from "./write-batch.ts";

const BATCH_ROWS = 200;
const BATCH_RECORDS = 1500;
/** Of the file: what is held at once does not grow with the length of rows. */
const BATCH_BYTES = 1024 * 1024;
const HEADER_BYTES = 131_072;

export interface Received {
  readonly offsetBytes: number;
  readonly line: number;
}

/** The part ends before the file does: what is left of it is no whole row, and comes again with the next part. */
class PartEnded extends Error {}

/**
 * `source` begins at the run's offset. Yields how far it is after each batch. Throws ImportError, of which "bad-header", "bad-encoding" and
 * "too-many-rejects" end the run for good.
 */
export async function* receive(
  parts: ImportParts,
  sender: Sender,
  run: RunRow,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Received, void, undefined> {
  const mapping = await mappingOf(parts, run);
  const bounded = boundedBy(source, run);
  const opened = run.columns === null ? await openFeed(bounded, mapping) : resumeFeed(bounded, run, mapping);
  const columns = opened.header.columns.map((name) => mapping.columns.indexOf(name));
  let from: FilePosition = { byte: run.offsetBytes, line: run.line };
  for await (const batch of batchesOf(mapping, sender.within, opened)) {
    const to = batch.isLast ? { byte: run.sizeBytes, line: batch.to.line } : batch.to;
    const state = batch.isLast ? ("done" as const) : ("running" as const);
    await writeBatch(parts, sender, { importId: run.importId, mapping, rows: batch.rows, from, to, columns, state });
    from = to;
    yield { offsetBytes: to.byte, line: to.line };
  }
}

interface OpenFeed {
  readonly header: FeedHeader;
  readonly from: FilePosition;
  readonly rest: AsyncIterable<Uint8Array>;
}

async function openFeed(source: AsyncIterable<Uint8Array>, mapping: Mapping): Promise<OpenFeed> {
  const iterator = source[Symbol.asyncIterator]();
  const { head, isShort } = await takeHead(iterator);
  const header = await readFeedHeader(once(head), mapping);
  return { header, from: header.rows, rest: chain(head.subarray(header.rows.byte), iterator, isShort) };
}

function resumeFeed(source: AsyncIterable<Uint8Array>, run: RunRow, mapping: Mapping): OpenFeed {
  const columns = (run.columns ?? []).map((at) => mapping.columns[at] ?? "");
  const from = { byte: run.offsetBytes, line: run.line };
  return { header: { columns, rows: from }, from, rest: source };
}

interface RowBatch {
  readonly rows: readonly ReadRow[];
  readonly to: FilePosition;
  readonly isLast: boolean;
}

/** The last batch of a file may be empty; it says that the file is done. */
async function* batchesOf(
  mapping: Mapping,
  within: UnitReach,
  feed: OpenFeed,
): AsyncGenerator<RowBatch, void, undefined> {
  let rows: ReadRow[] = [];
  let records = 0;
  let from = feed.from.byte;
  let to = feed.from;
  let isLast = true;
  try {
    for await (const item of readFeedRows(feed.rest, mapping, feed.header, feed.from)) {
      const row = readRow(mapping, within, item);
      rows.push(row);
      records += row.draft?.records.length ?? 0;
      to = { byte: item.endByte, line: item.nextLine };
      if (rows.length < BATCH_ROWS && records < BATCH_RECORDS && to.byte - from < BATCH_BYTES) continue;
      yield { rows, to, isLast: false };
      [rows, records, from] = [[], 0, to.byte];
    }
  } catch (error) {
    if (!(error instanceof PartEnded)) throw error;
    isLast = false;
  }
  if (isLast || rows.length > 0) yield { rows, to, isLast };
}

function readRow(mapping: Mapping, within: UnitReach, item: FeedItem): ReadRow {
  const { line } = item;
  // The bytes are a view of the chunk that was read; a rejected row outlives it.
  const bytes = Uint8Array.from(item.bytes);
  if (item.kind === "reject") return { bytes, line, draft: null, rejects: [{ line, field: "row", code: item.code }] };
  const drafted = draftRow(mapping, item);
  if (!drafted.ok) return { bytes, line, draft: null, rejects: drafted.rejects };
  const code = faultOfScope(drafted.draft, within);
  if (code !== null) return { bytes, line, draft: null, rejects: [{ line, field: "unit", code }] };
  return { bytes, line, draft: drafted.draft, rejects: [] };
}

/** INVARIANT: a client feeds its own legal entities and lines only. Which of them a row belongs to, the mapping says. */
export function faultOfScope({ units }: RowDraft, within: UnitReach): string | null {
  if (units.some(({ entity }) => !within.entities.includes(entity))) return "entity-outside-scope";
  return units.some(({ line }) => !within.lines.includes(line)) ? "line-outside-scope" : null;
}

async function mappingOf(parts: ImportParts, run: RunRow): Promise<FeedMapping> {
  const mapping = await findMapping(parts, run.mapping);
  if (mapping === null) throw new ImportError("unknown-mapping", "the mapping of this import is no longer there");
  // What was begun under one mapping cannot go on under another: its columns have other places, and whoever approved it approved that one.
  if (mapping.digest !== Buffer.from(run.mappingDigest).toString("hex"))
    throw new ImportError("mapping-changed", "the mapping was changed since this file was announced: announce it anew");
  // INVARIANT: nothing is written of which nobody has said where it is from.
  const origin = openTotals(parts.keys, run, run.totals).origin ?? mapping.origin;
  if (origin === null) throw new ImportError("origin-needed", "say with the file where its data are from");
  return { ...mapping, origin };
}

async function* boundedBy(
  source: AsyncIterable<Uint8Array>,
  run: Pick<RunRow, "offsetBytes" | "sizeBytes">,
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = run.offsetBytes;
  for await (const chunk of source) {
    at += chunk.length;
    if (at > run.sizeBytes) throw new ImportError("longer-than-announced", "the file is longer than was announced");
    yield chunk;
  }
  if (at < run.sizeBytes) throw new PartEnded();
}

async function takeHead(
  iterator: AsyncIterator<Uint8Array>,
): Promise<{ head: Buffer; isShort: PartEnded | "done" | null }> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    while (sizeBytes < HEADER_BYTES) {
      const next = await iterator.next();
      if (next.done === true) return { head: Buffer.concat(chunks), isShort: "done" };
      chunks.push(next.value);
      sizeBytes += next.value.length;
    }
  } catch (error) {
    if (!(error instanceof PartEnded)) throw error;
    return { head: Buffer.concat(chunks), isShort: error };
  }
  return { head: Buffer.concat(chunks), isShort: null };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

/** What was read ahead, then what is left; a stream that broke off does so again here. */
async function* chain(
  head: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
  isShort: PartEnded | "done" | null,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (head.length > 0) yield head;
  if (isShort === "done") return;
  if (isShort !== null) throw isShort;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
}
