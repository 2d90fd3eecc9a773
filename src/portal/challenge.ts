// A sign-in under way: an authority row that owns itself, since whose it is may never be known.
import { z } from "zod";
import type { RowType } from "../authority/authority.ts";
import { keptCode } from "../codes/codes.ts";

const content = z.strictObject({
  ...keptCode.shape,
  /** Null until, and unless, the address turned out to be one customer's. */
  customerId: z.uuid().nullable(),
});
export type ChallengeContent = z.infer<typeof content>;

export const CHALLENGE: RowType<ChallengeContent> = { kind: "customer-sign-in", content };
