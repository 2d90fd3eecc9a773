// That a notice was delivered, as it stands among the authority rows of the customer who got it; and the letter that delivers it.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { NOTICE_LANGUAGES } from "./rules.ts";

const content = z.strictObject({
  notice: z.string().max(64),
  version: z.string().max(20),
  language: z.enum(NOTICE_LANGUAGES),
  /** Of the very text. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  channel: z.enum(["portal", "letter", "paper", "electronic"]),
  deliveredAt: z.iso.datetime(),
  by: z.uuid(),
  documentId: z.uuid().nullable(),
  /** Not the notice itself: a word that there is one. */
  isReminder: z.boolean().default(false),
});
export type DeliveryContent = z.infer<typeof content>;
export const DELIVERY: RowType<DeliveryContent> = { kind: "notice-delivery", content };
export type Delivery = Row<DeliveryContent>;

/** What a letter of a notice says, and what posting it proves. */
export interface NoticeLetter {
  readonly values: { readonly title: string; readonly text: string };
  readonly delivers: Pick<DeliveryContent, "notice" | "version" | "language" | "digest" | "isReminder">;
}
