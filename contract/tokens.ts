// What a token stands for, as whoever may see it is told.
import { z } from "zod";
import { id, invokedGrant } from "./common.ts";
import { fieldAnswer } from "./disclosures.ts";
import { basis, purpose } from "./vocabulary.ts";

export const tokenQuestion = z.strictObject({
  recipientId: id.describe("To whom the token was given"),
  token: z.string().min(1).max(200),
  purpose,
  basis: basis.default("role-duty"),
  justification: z.string().min(10).max(500).optional(),
  as: invokedGrant,
});
export const tokenAnswer = z.strictObject({ disclosureId: id, customerId: id, field: fieldAnswer });
