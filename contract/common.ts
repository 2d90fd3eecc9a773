// Pieces that many schemas share: ids, codes, times, pages, problems, promises.
import { z } from "zod";

export const id = z.uuid().describe("A random identifier");
/** A word of a closed list kept as data (record type, legal entity, brand). */
export const code = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)
  .describe("Lower-case letters, digits, dots, dashes and underscores");
export const fieldPath = z
  .string()
  // As long as schemas may make them, and no longer than a code in the database.
  .regex(/^[a-z][a-z0-9-]{0,30}\.[a-z][a-z0-9-]{0,31}$/)
  .describe("record-type.field, e.g. claim.narrative");
/** Words that somebody wrote, without the blanks around them, which do not count. A document knows nothing of trimming: its pattern says so. */
export function written(lengthMax: number, lengthMin = 1) {
  const pattern = lengthMin === 1 ? String.raw`\S` : String.raw`\S[\s\S]{${lengthMin - 2},}\S`;
  return z.string().trim().min(lengthMin).max(lengthMax).meta({ pattern });
}
export const instant = z.iso.datetime({ offset: true }).describe("RFC 3339 time");
export const cursor = z.string().max(200).describe("Where the next page starts, as the last answer gave it");
export const pageLimit = z.coerce.number().int().min(1).max(200).default(50);
export const pageQuery = z.strictObject({ cursor: cursor.optional(), limit: pageLimit });

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), next: cursor.nullable() });
}

export const LIMITS = {
  bodyBytes: 1_048_576,
  valueLengthMax: 65_536,
  fieldsMax: 200,
  recordsMax: 50,
  customersInBatchMax: 200,
  /** A page hides clear values after this long at the latest, and copies none of them any more. */
  clearShownSeconds: 900,
} as const;

export const fieldValue = z.string().max(LIMITS.valueLengthMax);
export const fieldValues = z
  .record(z.string().regex(/^[a-z0-9-]{1,40}$/), fieldValue)
  .describe("Values by field name, as given by the source; the server normalises them");

/** RFC 9457. `errors` names the members that are wrong; it never quotes their values. */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

export const invokedGrant = id
  .optional()
  .describe(
    "The id of a grant of yours in force: the question is decided by what it lends instead of your own registration",
  );

/** The log's signed word that an entry is sequenced. Verify it with the promise key of GET /v1/log. */
export const promise = z.strictObject({
  origin: z.string(),
  index: z.number().int().nonnegative(),
  leaf: z.string().describe("base64 of the 41 leaf bytes"),
  time: z.number().int().describe("Unix seconds"),
  position: z.number().int().nonnegative().describe("Place in the signed batch"),
  path: z.array(z.string()).describe("base64 hashes from the entry to the batch root"),
  note: z.string().describe("Signed note over the batch root"),
});
export type PromiseDocument = z.infer<typeof promise>;

export const customerParams = z.strictObject({ customerId: id });

/** The answer to a change that makes nothing new: the id of what was changed or ended. */
export const done = z.strictObject({ id });
