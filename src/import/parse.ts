// Reads a feed: its header once, then its rows from any place where a row begins. Broken rows are answered in their place; the others go on.
import { ImportError } from "./errors.ts";
import type { Mapping } from "./mapping.ts";
import { parseCsvRow, parseQuoted } from "./parse-csv.ts";
import { fhirLimits, parseFhirRow } from "./parse-fhir.ts";
import { parseNdjsonRow } from "./parse-ndjson.ts";
import { type RawRow, type RowPlace, splitRows } from "./parse-rows.ts";

/** The order of a file's columns, and where its first row begins. */
export interface FeedHeader {
  readonly columns: readonly string[];
  readonly rows: FeedPosition;
}

export interface FeedPosition {
  readonly byte: number;
  readonly line: number;
}

export type FeedItem =
  | (FeedRow & { readonly kind: "row" })
  | (RowPlace & { readonly kind: "reject"; readonly bytes: Uint8Array; readonly code: string });

export interface FeedRow extends RowPlace {
  /** The row as it came, without its line end: what is sealed when the row is rejected later on. */
  readonly bytes: Uint8Array;
  readonly values: ReadonlyMap<string, string>;
}

const HEADER_BYTES_MAX = 131_072;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
const COLUMNS_MAX = 1_000;
const FAULTS_NAMED_MAX = 20;

/**
 * Reads the first row of a stream that begins at byte 0. Throws ImportError "bad-header" naming missing columns and numbering unknown ones, and
 * "bad-encoding" for what is not UTF-8. NDJSON and FHIR have no header: their rows begin at once.
 */
export async function readFeedHeader(source: AsyncIterable<Uint8Array>, mapping: Mapping): Promise<FeedHeader> {
  const head = await readHead(source);
  const start = BYTE_ORDER_MARK.every((byte, at) => head[at] === byte) ? BYTE_ORDER_MARK.length : 0;
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff) || head.includes(0)) {
    throw new ImportError("bad-encoding", "the file is not UTF-8: it looks like UTF-16 or is binary");
  }
  if (mapping.format.type !== "csv") return { columns: mapping.columns, rows: { byte: start, line: 1 } };
  const options = {
    rowBytesMax: HEADER_BYTES_MAX - BYTE_ORDER_MARK.length,
    delimiter: mapping.format.delimiter.charCodeAt(0),
  };
  for await (const row of splitRows(single(head.subarray(start)), { byte: start, line: 1 }, options)) {
    const columns = row.fault === null ? columnsOf(row, mapping) : null;
    if (columns === null) break;
    checkColumns(columns, mapping);
    return { columns, rows: { byte: row.endByte, line: row.nextLine } };
  }
  throw new ImportError("bad-header", "the first line is not a header");
}

async function readHead(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes >= HEADER_BYTES_MAX) break;
  }
  return Buffer.concat(chunks).subarray(0, HEADER_BYTES_MAX);
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function columnsOf(row: RawRow, mapping: Mapping): string[] | null {
  const text = decode(row.bytes);
  if (text === null) throw new ImportError("bad-encoding", "the first line is not UTF-8");
  return parseQuoted(text, mapping.format.delimiter)?.map((column) => column.trim()) ?? null;
}

/**
 * INVARIANT: a first line may hold a customer, alone or behind a header that lost its line end, so a message names no column but the mapping's own;
 * others have their numbers.
 */
function checkColumns(columns: readonly string[], mapping: Mapping): void {
  const found = new Set(columns);
  const missing = mapping.columns.filter((column) => !found.has(column));
  if (columns.length > COLUMNS_MAX || missing.length * 2 > mapping.columns.length) {
    const known = mapping.columns.length - missing.length;
    throw new ImportError(
      "bad-header",
      `the first line is not this feed's header: ${known} of ${mapping.columns.length} columns found`,
    );
  }
  const expected = new Set(mapping.columns);
  const unknown = columns.flatMap((column, at) => (expected.has(column) ? [] : [`number ${at + 1}`]));
  const faults = [
    ...(missing.length === 0 ? [] : [`missing columns: ${missing.join(", ")}`]),
    ...(unknown.length === 0 ? [] : [`unknown columns: ${unknown.slice(0, FAULTS_NAMED_MAX).join(", ")}`]),
    ...(found.size === columns.length ? [] : ["a column stands there twice"]),
  ];
  if (faults.length > 0) throw new ImportError("bad-header", faults.join("; "));
}

/** `source` begins at `from.byte`: `header.rows` at first, and to resume the `endByte` and `nextLine` of the last row done. */
export async function* readFeedRows(
  source: AsyncIterable<Uint8Array>,
  mapping: Mapping,
  header: FeedHeader,
  from: FeedPosition = header.rows,
): AsyncGenerator<FeedItem> {
  const isCsv = mapping.format.type === "csv";
  const options = {
    rowBytesMax: mapping.limits.rowBytes,
    delimiter: isCsv ? mapping.format.delimiter.charCodeAt(0) : null,
  };
  const parse = parserOf(mapping, header);
  for await (const row of splitRows(source, from, options)) yield itemOf(row, parse);
}

type RowParser = (text: string) => ReadonlyMap<string, string> | string;

function itemOf(row: RawRow, parse: RowParser): FeedItem {
  const { fault, ...place } = row;
  const text = fault === null ? decode(row.bytes) : null;
  const outcome = text === null ? (fault ?? "invalid-utf8") : parse(text);
  return typeof outcome === "string"
    ? { kind: "reject", ...place, code: outcome }
    : { kind: "row", ...place, values: outcome };
}

function parserOf(mapping: Mapping, { columns }: FeedHeader): RowParser {
  if (mapping.format.type === "csv") return csvParser(mapping, columns);
  return mapping.format.resource === null ? ndjsonParser(mapping) : fhirParser(mapping, mapping.format.resource);
}

function fhirParser({ columns, dropped, limits: { fieldCharacters } }: Mapping, resource: string): RowParser {
  const limits = fhirLimits(resource, columns, new Set(dropped.keys()), fieldCharacters);
  return (text) => parseFhirRow(text, limits);
}

function csvParser(mapping: Mapping, columns: readonly string[]): RowParser {
  const limits = {
    delimiter: mapping.format.delimiter,
    columns: columns.length,
    fieldCharacters: mapping.limits.fieldCharacters,
  };
  return (text) => {
    const fields = parseCsvRow(text, limits);
    return typeof fields === "string" ? fields : new Map(fields.map((field, at) => [columns[at] ?? "", field]));
  };
}

function ndjsonParser(mapping: Mapping): RowParser {
  const limits = { members: new Set(mapping.columns), fieldCharacters: mapping.limits.fieldCharacters };
  return (text) => parseNdjsonRow(text, limits);
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
