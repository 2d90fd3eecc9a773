// The keys that packages for a recipient are encrypted to: recipients of the age format.
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { RecipientsError } from "./errors.ts";

const KEY_KINDS = ["x25519", "hybrid"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

const content = z.strictObject({
  kind: z.enum(KEY_KINDS),
  publicKey: z.string().max(3000),
  requestedBy: z.uuid(),
  requestedAt: z.iso.datetime(),
  approvedBy: z.uuid().nullable(),
  approvedAt: z.iso.datetime().nullable(),
});
export type KeyContent = z.infer<typeof content>;

export const KEY: RowType<KeyContent> = { kind: "recipient-key", content };
export type KeyRow = Row<KeyContent>;

/** age, section "The X25519 recipient type", and the hybrid of the same document; tags of hardware tokens are not taken. */
const FORMS: readonly (readonly [KeyKind, RegExp])[] = [
  ["hybrid", /^age1pq1[02-9ac-hj-np-z]{1000,2900}$/],
  ["x25519", /^age1[02-9ac-hj-np-z]{58}$/],
];

/** Tried once, so that a key that nothing can be encrypted to (a point of low order, say) is refused now. Throws RecipientsError `bad-key`. */
export async function checkedKind(publicKey: string): Promise<KeyKind> {
  const found = FORMS.find(([, form]) => form.test(publicKey));
  if (found === undefined) throw new RecipientsError("bad-key");
  const { Encrypter } = await import("age-encryption");
  try {
    const encrypter = new Encrypter();
    encrypter.addRecipient(publicKey);
    await encrypter.encrypt("");
  } catch (cause) {
    throw new RecipientsError("bad-key", { cause });
  }
  return found[0];
}

/** For two people to compare by telephone. */
export function fingerprintOf(publicKey: string): string {
  const hex = createHash("sha256").update(publicKey).digest("hex").slice(0, 32);
  return hex.replaceAll(/(.{4})(?!$)/g, "$1 ");
}
