// Imports, erasures, key rotation, verification, schema.
import { z } from "zod";
import { code, fieldPath, id, instant, problem } from "./common.ts";
import { originDraft, originLists, toldOrigin } from "./origins.ts";
import { dataClass, keyDomain, unitKind } from "./vocabulary.ts";

export const importDraft = z.strictObject({
  mapping: code,
  sizeBytes: z.number().int().nonnegative(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("Of the whole file; kept as a keyed hash, tells a file that was imported before"),
  origin: originDraft
    .optional()
    .describe("Where its data are from, in place of what the mapping says; needed where the mapping says `each-file`"),
});
export const importTotals = z.strictObject({
  rows: z.number().int(),
  created: z.number().int(),
  corrected: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  customersCreated: z.number().int(),
  customers: z.number().int().describe("Different customer keys seen"),
  suggestions: z
    .number()
    .int()
    .optional()
    .describe("Pairs that may be one person; told to those alone who decide on them"),
  warnings: z
    .number()
    .int()
    .describe("Values kept although they can hardly be right, and rows older than what is known"),
  warningKinds: z.record(z.string(), z.number().int()).describe("How many of each kind"),
  sums: z.record(z.string(), z.string()).describe("Control totals of the mapping, as decimal strings"),
});
export const importRun = z.strictObject({
  importId: id,
  mapping: code,
  state: z.enum(["running", "done", "failed"]),
  startedBy: id,
  approval: z
    .enum(["not-needed", "awaited", "given"])
    .describe("A person's file that states master data is taken once somebody else has approved it, whole and at once"),
  offsetBytes: z.number().int().describe("Send the file from this byte on"),
  line: z.number().int(),
  origin: toldOrigin.describe("Where its data are from; null where the mapping says it"),
  totals: importTotals,
});
export const importApproval = z.strictObject({
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("Of the file that you have looked at: the same that was announced, or it is not approved"),
});
export const importParams = z.strictObject({ importId: id });
export const importContentQuery = z.strictObject({ offset: z.coerce.number().int().nonnegative() });
/** One line of the answer to a part of a file: how far it came, and last of all `end` or `problem`. */
export const importEvent = z.discriminatedUnion("event", [
  z.strictObject({ event: z.literal("progress"), offsetBytes: z.number().int(), line: z.number().int() }),
  z.strictObject({ event: z.literal("end"), run: importRun }),
  z.strictObject({ event: z.literal("problem"), problem }),
]);
const mappingMade = z.strictObject({
  mappingId: id,
  version: z.int(),
  proposedBy: id,
  proposedAt: instant,
  approvedBy: id.nullable().describe("null: it waits, and imports nothing"),
  approvedAt: instant.nullable(),
  text: z.string().describe("YAML, as in governance/mappings/"),
});
export const mappingShown = z.strictObject({
  name: code,
  label: z.string(),
  format: z.string(),
  delimiter: z.string().describe("Between the columns of a CSV file"),
  columns: z
    .array(z.strictObject({ column: z.string(), fields: z.array(fieldPath), dropped: z.string().nullable() }))
    .describe("Every column that a file has, what becomes of it, or why it is left out on purpose"),
  origin: toldOrigin.describe("Where its data are from; null: each file says it"),
  mayRun: z.boolean().describe("You may run it, also where it states master data (governance/access/changes.yaml)"),
  needsApproval: z.boolean().describe("Somebody else has to approve each file of yours first"),
  made: mappingMade.nullable().describe("Who made and approved it; null for those that come with the server"),
});
export const mappingList = z.strictObject({ items: z.array(mappingShown) });
const mappingText = z.string().min(1).max(65_536);
export const mappingDraft = z.strictObject({
  text: mappingText.describe("YAML or JSON, as in governance/mappings/; its version is counted by the server"),
});
export const mappingParams = z.strictObject({ mappingId: id });
export const mappingTrial = z.strictObject({
  text: mappingText,
  head: z.string().max(131_072).describe("The file's first lines, the header included; nothing of them is kept"),
});
export const mappingTried = z.strictObject({
  faults: z
    .array(z.string())
    .describe("Why it is no mapping, or does not fit the file; empty for one that may be used"),
  needsApproval: z.boolean(),
  rows: z.array(
    z.strictObject({
      line: z.int(),
      rejects: z.array(z.strictObject({ field: z.string(), reason: z.string() })),
      records: z
        .array(
          z.strictObject({
            type: code,
            unit: unitKind,
            fields: z.array(z.strictObject({ field: fieldPath, value: z.string(), warning: z.string().nullable() })),
          }),
        )
        .describe("What the row would be stored as"),
    }),
  ),
});
export const importReject = z.strictObject({ line: z.number().int(), field: z.string(), reason: z.string() });

export const erasureRequest = z.strictObject({
  customerId: id,
  unitId: id.optional().describe("Only this retention unit"),
  reason: z.string().min(3).max(500),
});
export const obstacle = z.strictObject({
  kind: z.enum(["legal-hold", "open-claim", "open-investigation", "retention-duty"]),
  unitId: id.nullable().describe("null: the whole customer"),
  holdId: id.nullable(),
  duty: z.string().nullable().describe("The line of governance/retention/duties.yaml"),
  citation: z.string(),
  confidence: z.enum(["high", "medium", "low"]).describe("How sure the compiler of the rule is"),
  confirmed: z.enum(["none", "secondary", "text"]).describe("What was read to confirm it"),
  until: z.iso.date().nullable().describe("The last day (UTC) on which it forbids; null while that is not known"),
});
export const erasureCheckQuery = z.strictObject({
  unitId: id.optional().describe("Only this retention unit"),
});
export const erasureCheck = z.strictObject({
  mayErase: z.boolean(),
  obstacles: z.array(obstacle),
  units: z
    .array(z.strictObject({ unitId: id, kind: z.string(), line: z.string(), status: z.string(), isFree: z.boolean() }))
    .describe("What is asked about and not yet erased; `isFree`: may be erased by itself"),
});
export const erasureParams = z.strictObject({ erasureId: id });
export const erasure = z.strictObject({
  erasureId: id,
  customerId: id,
  unitId: id.nullable(),
  state: z.enum(["requested", "rewrapped", "final"]),
  requestedAt: instant,
  finalAt: instant.nullable(),
  sweptAt: instant.nullable(),
  certificate: z.record(z.string(), z.unknown()).nullable(),
});

export const certificateBundle = z.strictObject({
  v: z.literal(1),
  kind: z.literal("uberrima.org/erasure-certificate-with-proof"),
  certificate: z.record(z.string(), z.unknown()).describe("Its canonical JSON (RFC 8785) is what the entry commits to"),
  entryId: id.describe("The entry by which the erasure became final"),
  receipt: z.string().describe("That the entry is in the log: tlog-proof"),
  r: z.string().describe("base64; opens the entry's leaf"),
  detail: z.string().describe("What the leaf commits to: canonical JSON with the certificate's SHA-256"),
});
export const erasureClaim = z.strictObject({
  code: z.string().min(1).max(120).describe("Kept by whoever asked for the erasure, from their request"),
});
export const erasureClaims = z.strictObject({
  items: z
    .array(
      z.strictObject({
        erasureId: id,
        unitId: id.nullable().describe("null: everything that was held"),
        requestedAt: instant,
        finalAt: instant.nullable().describe("null while copies could still be opened"),
      }),
    )
    .describe("Empty until something was erased"),
});
export const certificateClaim = erasureClaim.extend({ erasureId: id });
export const claimedCertificate = z.strictObject({
  bundle: certificateBundle,
  paper: z.base64().describe("The same as a PDF"),
});
export const rotationRequest = z.strictObject({ domain: keyDomain });
export const rotation = z.strictObject({
  domain: keyDomain,
  version: z.number().int(),
  rewritten: z.number().int(),
  unreadable: z.number().int().describe("Rows that do not open or do not verify: for them older versions are kept"),
  retired: z.array(z.number().int()).describe("Versions destroyed"),
  retiring: z
    .array(z.strictObject({ version: z.number().int(), retirableAt: instant }))
    .describe("Older versions that still open what stands under them; the server destroys them from then on"),
});

export const finding = z.strictObject({
  code: z.string(),
  message: z.string(),
  index: z.number().int().nullable(),
  customerId: id.nullable(),
  recordId: id.nullable(),
});
export const verification = z.strictObject({
  entries: z.number().int(),
  records: z.number().int(),
  authorityRows: z.number().int(),
  findings: z.array(finding),
  truncated: z.boolean(),
  checkpoint: z.string(),
});

export const schemaDescription = z.strictObject({
  recordTypes: z.array(
    z.strictObject({
      name: code,
      label: z.string(),
      version: z.number().int(),
      fields: z.array(
        z.strictObject({
          path: fieldPath,
          label: z.string(),
          type: z.string(),
          dataClass,
          mask: z.string(),
          codes: z.array(z.string()).nullable().describe("Of a closed list"),
        }),
      ),
      subjects: z.array(z.enum(["person", "organisation"])).describe("What kind of customer has such records"),
      unitKinds: z.array(unitKind).describe("Where such a record may stand"),
    }),
  ),
  origins: originLists.describe("Where information may come from, and on which lawful grounds"),
  indexes: z.array(
    z.strictObject({
      name: code,
      recordType: code,
      kind: z.string(),
      parts: z.array(z.string()),
      bits: z.number().int(),
    }),
  ),
});
export const leakageReport = z.strictObject({
  text: z.string().describe("The same as a table for people"),
  customers: z.int().describe("For how many it is planned"),
  indexes: z.array(
    z.strictObject({
      index: code,
      fields: z.array(fieldPath),
      bits: z.int(),
      isUnique: z
        .boolean()
        .describe("Its values are nearly unique: it shows which records share one, and nothing to count"),
      coincidences: z.number().describe("Records that bear a searched value's tokens by chance"),
      holdersMax: z.number().describe("Records that hold the commonest value"),
      signal: z
        .number()
        .describe(
          "How far the commonest value stands out from chance, in standard deviations; more than one is refused",
        ),
    }),
  ),
});
/** What the bare address answers: where to read on. */
export const rootDescription = z.strictObject({
  service: z.string(),
  version: z.string(),
  description: z.string(),
  documentation: z.string(),
  log: z.string(),
  health: z.string(),
});
export const health = z.strictObject({
  status: z.enum(["ok", "starting", "failing"]),
  checks: z.record(z.string(), z.string()),
});
