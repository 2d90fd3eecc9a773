// Pictures: what happened, counted. No customer and no person is named, but by who saw one customer.
import { z } from "zod";
import { id, instant } from "./common.ts";
import { dataClass, purpose, role } from "./vocabulary.ts";

const period = { from: instant, to: instant };
const count = z.int().min(0);

export const disclosureStatisticsQuery = z.strictObject({ ...period, by: z.enum(["purpose", "day"]).default("day") });
export const disclosureStatistics = z.strictObject({
  items: z.array(
    z.strictObject({
      day: z.iso.date().nullable().describe("UTC; with by=day"),
      purpose: purpose.nullable().describe("With by=purpose"),
      shown: count,
      denied: count,
    }),
  ),
});

export const periodQuery = z.strictObject(period);
export const useStatistics = z.strictObject({
  items: z.array(
    z.strictObject({
      role: role.nullable().describe("As held now; null for whoever has no role any more"),
      dataClass,
      count,
    }),
  ),
});

export const viewers = z.strictObject({
  items: z
    .array(
      z.strictObject({
        principalId: id.nullable(),
        role: role.nullable(),
        purpose: purpose.nullable(),
        count,
        lastAt: instant,
      }),
    )
    .describe("The last first, two hundred at most"),
});

export const logStatisticsQuery = z.strictObject({
  ...period,
  bucket: z.enum(["minute", "hour", "day"]).default("hour"),
});
export const logStatistics = z.strictObject({
  size: count,
  checkpoint: z.string().nullable().describe("The newest signed checkpoint; null before the first"),
  buckets: z.array(z.strictObject({ at: instant, entries: count })).describe("Those in which anything happened"),
});

export const keyStatistics = z.strictObject({
  versions: z.array(
    z.strictObject({
      domain: z.string(),
      version: z.int(),
      state: z.enum(["pending", "active", "retiring", "destroyed"]),
      createdAt: instant,
      retiringAt: instant.nullable(),
    }),
  ),
  buckets: z.array(z.strictObject({ version: z.int(), count })).describe("Bucket keys, by how often each was renewed"),
  erasures: z.strictObject({
    waiting: count.describe("Asked for and not final yet"),
    oldestAt: instant.nullable(),
    unswept: count.describe("Of which sealed rows are still to be removed"),
  }),
  indexes: z.array(z.strictObject({ index: z.string(), tokens: count })),
  isEstimate: z.boolean().describe("Tokens are many, and were counted in a sample"),
});
