// What feeds keep among the authority rows: mappings, and files that wait for approval or have it.
import { z } from "zod";
import type { RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";

const instant = z.iso.datetime();
const id = z.custom<Uuid>((value) => typeof value === "string" && parseId(value) === value);
const approval = { approvedBy: id.nullable(), approvedAt: instant.nullable() };

const MAPPING_CHARACTERS_MAX = 65_536;

const madeMapping = z.strictObject({
  name: z.string().max(48),
  version: z.int().min(1),
  /** YAML, as in governance/mappings/. */
  text: z.string().max(MAPPING_CHARACTERS_MAX),
  proposedBy: id,
  proposedAt: instant,
  ...approval,
});
export type MadeMapping = z.infer<typeof madeMapping>;
export const MADE_MAPPING: RowType<MadeMapping> = { kind: "made-mapping", content: madeMapping };

const importRequest = z.strictObject({
  importId: id,
  requestedBy: id,
  requestedAt: instant,
  ...approval,
});
export type ImportRequest = z.infer<typeof importRequest>;
export const IMPORT_REQUEST: RowType<ImportRequest> = { kind: "import-request", content: importRequest };

/** Owners that are no principal: what stands here belongs to the insurer. */
export const MAPPINGS = "00000000-0000-8000-8000-00000000fe01" as Uuid;
export const IMPORT_REQUESTS = "00000000-0000-8000-8000-00000000fe02" as Uuid;
