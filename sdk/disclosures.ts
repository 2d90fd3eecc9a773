// Asking to see customer information, and searching for customers.
import type { Asking } from "../contract/route.ts";
import { disclosureRoutes } from "../contract/routes/disclosures.ts";
import type { Call, CallOptions } from "./call.ts";

export type DisclosureQuestion = Asking<typeof disclosureRoutes.disclose>["body"];
export type BatchQuestion = Asking<typeof disclosureRoutes.discloseBatch>["body"];
export type CopyQuestion = Asking<typeof disclosureRoutes.copy>["body"];
export type OptionsQuestion = Asking<typeof disclosureRoutes.options>["body"];
export type SearchQuestion = Asking<typeof disclosureRoutes.search>["body"];

export function disclosuresOf(call: Call) {
  const { disclose, discloseBatch, search, preview } = disclosureRoutes;
  return {
    /** A denial is an answer, not an error: see `outcome` and each field's `reasons`. */
    disclose: (body: DisclosureQuestion, options?: CallOptions) => call(disclose, { body }, options),
    /** What it would be answered with, and why; nothing is opened. */
    previewDisclosure: (body: DisclosureQuestion, options?: CallOptions) => call(preview, { body }, options),
    /** What the customer says of fields that they dispute, by the question that shows them. */
    disputedStatements: (body: DisclosureQuestion, options?: CallOptions) =>
      call(disclosureRoutes.statements, { body }, options),
    /** Purposes and bases by which anything would be answered. */
    disclosureOptions: (body: OptionsQuestion, options?: CallOptions) =>
      call(disclosureRoutes.options, { body }, options),
    /** That a value given in clear is about to be copied: ask first, then copy. */
    recordCopy: (disclosureId: string, body: CopyQuestion, options?: CallOptions) =>
      call(disclosureRoutes.copy, { params: { disclosureId }, body }, options),
    discloseBatch: (body: BatchQuestion, options?: CallOptions) => call(discloseBatch, { body }, options),
    search: (body: SearchQuestion, options?: CallOptions) => call(search, { body }, options),
  };
}
