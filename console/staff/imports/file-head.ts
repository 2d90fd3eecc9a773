// The first rows of a file, read in the browser, to be looked at before anything is sent.
import { parse } from "csv-parse/browser/esm/sync";

const HEAD_BYTES = 65_536;
const ROWS = 5;

export interface FileHead {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** Throws Error when it is not of the format. */
export async function headOf(
  file: Blob,
  format: { readonly format: string; readonly delimiter: string },
): Promise<FileHead> {
  const text = new TextDecoder("utf-8").decode(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const whole = file.size > HEAD_BYTES ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
  return format.format === "csv" ? csvHead(whole, format.delimiter) : jsonHead(whole);
}

function csvHead(text: string, delimiter: string): FileHead {
  const rows = parse(text, { delimiter, bom: true, columns: true, to: ROWS, relax_column_count: true }) as Record<
    string,
    string
  >[];
  return { columns: Object.keys(rows[0] ?? {}), rows };
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
