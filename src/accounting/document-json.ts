// A list for machines: one document, a line of it each.
import type { Printing } from "./document-line.ts";

export async function* printJson({ head, lines }: Printing): AsyncGenerator<string, void, undefined> {
  yield `${JSON.stringify({ v: 1, kind: "uberrima.org/accounting", ...head }).slice(0, -1)},"lines":[`;
  let separator = "\n";
  for await (const line of lines) {
    yield `${separator}${JSON.stringify(line)}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}
