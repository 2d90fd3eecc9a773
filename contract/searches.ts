// Searching by blind index. POST only, so that no value stands in a URL.
import { z } from "zod";
import { code, fieldValue, id, invokedGrant, promise } from "./common.ts";
import { purpose } from "./vocabulary.ts";

export const searchRequest = z.strictObject({
  index: code.describe("Name of a blind index, see GET /v1/schema"),
  values: z
    .record(z.string().regex(/^[a-z0-9-]{1,40}$/), fieldValue.min(1).max(500))
    .describe('The index\'s parts by name, e.g. { "last-name": …, "birth-year": … }'),
  purpose,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe("ISO 3166-1: where a telephone number is from that names no country itself"),
  as: invokedGrant,
});

export const searchHit = z.strictObject({
  customerId: id,
  recordId: id,
  unitId: id,
  type: code,
  summary: z.record(z.string(), z.string()).describe("Masked forms of the fields this role may see masked"),
});

export const searchAnswer = z.strictObject({
  searchId: id,
  hits: z.array(searchHit).describe("Only customers within this principal's rows; nothing is said of others"),
  truncated: z.boolean(),
  promise,
});
