// One row of CSV (RFC 4180) to its fields.
import { parse } from "csv-parse/sync";

const QUOTE = '"';

export interface CsvLimits {
  readonly delimiter: string;
  readonly columns: number;
  readonly fieldCharacters: number;
}

export type ParsedFields = readonly string[] | "broken-quoting" | "column-count" | "field-too-long";

export function parseCsvRow(text: string, limits: CsvLimits): ParsedFields {
  // Without a quote a row is just its delimiters, and the library's setting up is what such a row would wait for.
  const fields = text.includes(QUOTE) ? parseQuoted(text, limits.delimiter) : text.split(limits.delimiter);
  if (fields === null) return "broken-quoting";
  if (fields.length !== limits.columns) return "column-count";
  return fields.some((field) => field.length > limits.fieldCharacters) ? "field-too-long" : fields;
}

/** Null where the quoting is broken; the library's error is dropped, because it quotes its input. */
export function parseQuoted(text: string, delimiter: string): string[] | null {
  try {
    const rows = parse(text, {
      delimiter,
      relax_column_count: true,
      record_delimiter: ["\r\n", "\n"],
      skip_empty_lines: false,
    });
    const first = rows[0];
    return rows.length === 1 && first !== undefined ? first : null;
  } catch {
    return null;
  }
}
