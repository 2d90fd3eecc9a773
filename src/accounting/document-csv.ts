// A list as a table that a spreadsheet opens; what is in it came from others, and is no formula.
import { csvText } from "../kernel/csv.ts";
import type { Printing } from "./document-line.ts";

const HEAD = ["when", "to whom", "by whom", "why", "what", "fields", "purpose", "basis", "outcome", "entry", "index"];

export async function* printCsv({ lines }: Printing): AsyncGenerator<string, void, undefined> {
  yield csvText([HEAD]);
  for await (const { at, whom, by, why, what, fields, purpose, basis, outcome, entryId, index } of lines) {
    const named = fields.map(({ path, form }) => `${path} (${form})`);
    yield csvText([[at, whom, by, why, what.join("; "), named.join("; "), purpose, basis, outcome, entryId, index]]);
  }
}
