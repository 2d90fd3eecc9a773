// The address by which a person signs in, and who is their supervisor: found by a keyed digest, kept sealed.
import { z } from "zod";
import { type Row, type RowType } from "../authority/authority.ts";
import type { Token, Uuid } from "../kernel/bytes.ts";
import { newId, parseId } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";
import type { SignInContext } from "./context.ts";
import { SignInError } from "./errors.ts";

const content = z.strictObject({
  email: z.string().max(254),
  supervisorId: z.string().nullable(),
  /** Who named the supervisor: they may not be it, nor vouch for each other's naming. */
  supervisorNamedBy: z.string().nullable(),
});
export type AccountContent = z.infer<typeof content>;

export const ACCOUNT: RowType<AccountContent> = { kind: "account", content };

const EMAIL_CHARACTERS_MAX = 254;
/** RFC 5321 4.1.2 as far as it is in use: something without spaces or control characters, an at sign, a domain with letters. */
const EMAIL_PATTERN = /^[^\s@\p{C}]{1,64}@[^\s@\p{C}]{1,189}$/u;

/** The form in which addresses are compared; null for what is none. */
export function normalisedEmail(text: string): string | null {
  const email = text.trim().normalize("NFKC").toLowerCase();
  return email.length <= EMAIL_CHARACTERS_MAX && EMAIL_PATTERN.test(email) ? email : null;
}

/** Throws SignInError `bad-email`. */
export function checkedEmail(text: string): string {
  const email = normalisedEmail(text);
  if (email === null) throw new SignInError("bad-email");
  return email;
}

export function accountLookup(keys: Pick<Keys, "keyedDigest">, email: string): Token {
  return keys.keyedDigest("account-email", email);
}

/** Null when nobody signs in by this address. INVARIANT: the same statements are run either way, so that time tells little. */
export async function findAccount(
  { authority, database, keys }: SignInContext,
  email: string,
): Promise<Row<AccountContent> | null> {
  const found = await authority.find(database, ACCOUNT, accountLookup(keys, email));
  if (found === null) await authority.live(database, ACCOUNT, newId());
  return found;
}

/** Throws SignInError `unknown-person` for whoever has no account. */
export async function accountOf(
  { authority, database }: Pick<SignInContext, "authority" | "database">,
  principalId: Uuid,
): Promise<Row<AccountContent>> {
  const [account] = await authority.live(database, ACCOUNT, principalId);
  if (account === undefined) throw new SignInError("unknown-person");
  return account;
}

export function supervisorOf({ content: held }: Row<AccountContent>): Uuid | null {
  return held.supervisorId === null ? null : parseId(held.supervisorId);
}
