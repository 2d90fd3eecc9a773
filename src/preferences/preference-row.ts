// A customer's preferences as they stand among their authority rows.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { LANGUAGES } from "../mail/mail.ts";

const CHANNELS = ["email", "phone", "post"] as const;
export type ReachChannel = (typeof CHANNELS)[number];

const content = z.strictObject({
  language: z.enum(LANGUAGES).nullable(),
  /** News on paper, to the address on file, in place of mail; where another address stands, that one says how. */
  onPaper: z.boolean().default(false),
  alternative: z.strictObject({ channel: z.enum(CHANNELS), unitId: z.uuid(), value: z.string() }).nullable(),
  /** When it last changed where the customer is reached; null if never. */
  reachSince: z.iso.datetime().nullable(),
});
export type PreferenceContent = z.infer<typeof content>;

export const PREFERENCE: RowType<PreferenceContent> = { kind: "customer-preference", content };
export type PreferenceRow = Row<PreferenceContent>;

const line = z.string().max(200);
/** What is sealed: where to write to. */
export const place = z.strictObject({
  contact: z.string().nullable(),
  address: z
    .strictObject({ line1: line, line2: line, city: line, region: line, postcode: line, country: line })
    .nullable(),
});
export type Place = z.infer<typeof place>;
