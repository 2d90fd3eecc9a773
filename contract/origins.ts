// Where information comes from, and on which lawful ground it was collected.
import { z } from "zod";
import { code } from "./common.ts";
import { unitKind } from "./vocabulary.ts";

const words = z.strictObject({ en: z.string(), es: z.string(), de: z.string() });

/** As whoever enters something says it. */
export const originDraft = z.strictObject({
  source: code.describe("See `origins.sources` of GET /v1/schema"),
  ground: code.describe("One that this source may have; see `origins.grounds` of GET /v1/schema"),
  reference: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("What the ground rests on: the id of an authorization, the number of an order"),
  institution: z.string().min(1).max(120).optional().describe("Its name, where the source is an institution"),
});

/** As it is told. */
export const origin = z.strictObject({
  source: z.strictObject({ code, title: words }),
  ground: z.strictObject({ code, title: words }),
  reference: z.string().nullable(),
  institution: z.string().nullable(),
});
export const toldOrigin = origin.nullable().describe("Where it comes from; null where that was not recorded");

export const originLists = z.strictObject({
  sources: z.array(
    z.strictObject({
      source: code,
      title: words,
      isInstitution: z.boolean().describe("Its name may be written down"),
      grounds: z.array(code),
    }),
  ),
  grounds: z.array(
    z.strictObject({
      ground: code,
      title: words,
      needsReference: z.boolean(),
      units: z.array(unitKind).nullable().describe("Only in units of these kinds; null in all"),
      citation: z.string(),
    }),
  ),
});
