// Papers taken in and kept: scans of signed forms, of process, of whatever belongs to a file.
import { z } from "zod";
import { id, written } from "./common.ts";
import { BYTES, KNOWN_PAPERS } from "./file-endings.ts";
import { basis, purpose } from "./vocabulary.ts";

export const DOCUMENT_BYTES_MAX = 10_000_000;

const mediaType = z.enum([...KNOWN_PAPERS, BYTES]);

export const documentFiling = z.strictObject({
  unitId: id
    .optional()
    .describe("The policy, claim or relationship that it belongs to, and is erased with; left out, the relationship"),
  kind: z.enum(["letter", "form", "photograph", "recording", "report", "statement", "other"]),
  mediaType: mediaType.describe("Of the file; a page of ours never shows it"),
  handedInBy: z
    .enum(["customer", "others"])
    .default("others")
    .describe(
      "What the customer handed in goes along in copies of their data without anybody looking for others in it",
    ),
});
export const documentFiled = z.strictObject({
  recordId: id.describe("The record of type document that tells of it"),
  sha256: z.string().length(64).describe("Of its bytes"),
});
export const documentParams = z.strictObject({ customerId: id, recordId: id });
export const documentQuestion = z.strictObject({
  purpose,
  basis: basis.default("role-duty"),
  justification: written(500, 3).optional().describe("Why the paper itself is needed"),
});
