// Passkeys by which somebody at a recipient opens later rooms: each belongs to the contact that was registered when it was made.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";

const content = z.strictObject({
  /** INVARIANT: it counts only while this is the registered contact: two people change that, and the passkeys of the one before count no more. */
  contact: z.string().max(254),
  credentialId: z.string().max(1400),
  /** COSE key, base64url. */
  publicKey: z.string().max(4000),
  counter: z.int().min(0),
  transports: z.array(z.string().max(32)).max(10),
  isBackedUp: z.boolean(),
  addedAt: z.iso.datetime(),
  usedAt: z.iso.datetime().nullable(),
  /** The room that was opened when it was made. */
  packageId: z.uuid(),
});
export type RecipientPasskeyContent = z.infer<typeof content>;

export const RECIPIENT_PASSKEY: RowType<RecipientPasskeyContent> = { kind: "recipient-passkey", content };
export type RecipientPasskeyRow = Row<RecipientPasskeyContent>;
