// What commands print: one JSON document with --json, else aligned text. Progress and errors go to standard error.
import type { Readable, Writable } from "node:stream";

export interface Streams {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly errors: Writable & { readonly isTTY?: boolean };
}

export type Cell = string | number | null;

export function printJson(streams: Streams, value: unknown): void {
  streams.output.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function printLine(streams: Streams, text: string): void {
  streams.output.write(`${text}\n`);
}

/** Columns as wide as their widest cell; two spaces between. */
export function printTable(streams: Streams, headings: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const lines = [headings, ...rows].map((row) => row.map((cell) => printable(String(cell ?? "-"))));
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines) {
    const cells = line.map((cell, column) => (column === line.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)));
    printLine(streams, cells.join("  ").trimEnd());
  }
}

/** Names and values, one a line. */
export function printPairs(streams: Streams, pairs: readonly (readonly [string, Cell])[]): void {
  const width = Math.max(...pairs.map(([name]) => name.length));
  for (const [name, value] of pairs) printLine(streams, `${name.padEnd(width)}  ${printable(String(value ?? "-"))}`);
}

/** Values come from feeds: a control character among them must not reach the terminal as an escape sequence. */
function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "\u00b7");
}
