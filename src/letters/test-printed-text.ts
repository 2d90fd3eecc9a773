// For tests: what stands on the pages of a PDF of ours, read back out of its compressed streams.
import { inflateSync } from "node:zlib";

/** A line a run of text, in the order in which they were written. */
export function textOf(pdf: Buffer): string {
  const text: string[] = [];
  for (let at = pdf.indexOf("stream\n"); at >= 0; at = pdf.indexOf("stream\n", at + 7)) {
    const end = pdf.indexOf("\nendstream", at);
    try {
      const content = inflateSync(pdf.subarray(at + 7, end)).toString("latin1");
      for (const [, block = ""] of content.matchAll(/BT\s([\s\S]*?)ET/g))
        text.push(
          [...block.matchAll(/<([0-9a-f]+)>/g)]
            .map(([, hex = ""]) => Buffer.from(hex, "hex").toString("latin1"))
            .join(""),
        );
    } catch {
      // Not a page.
    }
  }
  return text.join("\n");
}
