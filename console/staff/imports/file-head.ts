// The first rows of a file, read in the browser, to be looked at before anything is sent.
import { parse } from "csv-parse/browser/esm/sync";

const HEAD_BYTES = 65_536;
const ROWS = 20;
const DELIMITERS = [",", ";", "|", "\t"] as const;

export interface FileFormat {
  readonly format: string;
  readonly delimiter: string;
}

export interface FileHead {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** Whole lines from the file's beginning: what is tried, and what is shown. */
export async function firstLines(file: Blob): Promise<string> {
  const text = new TextDecoder("utf-8").decode(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return file.size > HEAD_BYTES ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
}

/** By what stands in its first line. */
export function formatOf(head: string): FileFormat {
  if (/^\uFEFF?\s*\{/.test(head)) return { format: "ndjson", delimiter: "," };
  const line = head.split("\n", 1)[0] ?? "";
  const [most = ","] = DELIMITERS.toSorted((one, other) => line.split(other).length - line.split(one).length);
  return { format: "csv", delimiter: most };
}

/** Throws Error when it is not of the format. */
export function headIn(text: string, { format, delimiter }: FileFormat): FileHead {
  return format === "csv" ? csvHead(text, delimiter) : jsonHead(text);
}

function csvHead(text: string, delimiter: string): FileHead {
  const options = { delimiter, bom: true, to: ROWS + 1, relax_column_count: true, skip_empty_lines: true };
  const [columns = [], ...lines] = parse(text, options) as string[][];
  return {
    columns,
    rows: lines.map((line) => Object.fromEntries(columns.map((column, at) => [column, line[at] ?? ""]))),
  };
}

function jsonHead(text: string): FileHead {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const rows = lines.slice(0, ROWS).map((line) => {
    const members = Object.entries(JSON.parse(line) as Record<string, unknown>);
    return Object.fromEntries(
      members.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
    );
  });
  return { columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
}

/** What a value looks like, without it: letters and digits are covered, as whoever checks a mapping needs the form alone. */
export function shapeOf(value: string): string {
  return value
    .replaceAll(/\p{Lu}/gu, "X")
    .replaceAll(/\p{L}/gu, "x")
    .replaceAll(/\p{N}/gu, "0");
}

/** SHA-256, hex: by which a file is announced and approved. */
export async function digestOf(file: Blob): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())).toHex();
}
