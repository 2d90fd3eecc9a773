// What we hold about a customer, by topic and in plain words.
import { z } from "zod";
import { code, fieldPath, id, promise } from "./common.ts";
import { toldOrigin } from "./origins.ts";
import { dataClass, line, unitKind } from "./vocabulary.ts";

const words = z.strictObject({ en: z.string(), es: z.string(), de: z.string() });

export const portalTopics = z.strictObject({
  topics: z
    .array(z.strictObject({ topic: dataClass, title: words, text: words }))
    .describe("In the order in which they are to be shown"),
  records: z
    .array(z.strictObject({ type: code, title: words }))
    .describe("What kinds of records are called, where there is a word for it besides the schema's"),
});

export const portalFileQuery = z.strictObject({
  customerId: id.optional().describe("Whose file; one's own when left out. See `standsFor` of the session"),
  topic: dataClass.optional().describe("Only this topic; all when left out"),
});

export const portalFile = z.strictObject({
  customerId: id,
  disclosureId: id.describe("The entry of the ledger that says what was shown now; its receipt is had by this id"),
  topics: z.array(
    z.strictObject({
      topic: dataClass,
      records: z
        .array(
          z.strictObject({
            recordId: id,
            unitId: id,
            type: code,
            origin: toldOrigin,
            fields: z.array(
              z.strictObject({
                field: fieldPath,
                label: z.string(),
                form: z
                  .enum(["clear", "masked", "held"])
                  .describe("held: it may tell of other people, and is given in a copy once somebody has looked at it"),
                value: z.string(),
                isWhole: z
                  .boolean()
                  .describe("What is shown is all there is to it, such as a state of residence, whatever its form"),
                withPasskey: z.boolean().describe("A passkey that counts would show the whole of it"),
              }),
            ),
          }),
        )
        .describe("Empty where nothing is held, and where nothing of it may be shown"),
    }),
  ),
  units: z.array(
    z.strictObject({
      unitId: id,
      kind: unitKind,
      entity: code,
      brand: code,
      line,
      status: z.enum(["open", "closed", "erased"]),
    }),
  ),
  promise,
});
