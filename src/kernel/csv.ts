// Tables as CSV (RFC 4180) that no spreadsheet takes for formulas.

export type Cell = string | number | null;

/** RFC 4180 2: lines end with CRLF, the last one too. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** OWASP "CSV injection": what a spreadsheet takes for the beginning of a formula, also after white space it would drop. */
const FORMULA = /^[\s\u0000]*[=+\-@|%\t\r]/;

function cell(value: Cell): string {
  if (typeof value === "number") return String(value);
  const text = value ?? "";
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
