// Whose address it is: by blind index, among contacts of the relationship, of customers who may sign in by themselves.
import { hasSettled } from "../codes/codes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { customerStanding } from "../signin/signin.ts";
import { VaultError } from "../vault/vault.ts";
import type { PortalContext } from "./context.ts";

/** What somebody typed who wants to sign in. */
export interface Claim {
  readonly channel: "email" | "phone";
  readonly contact: string;
  /** Singles one out where several share the address. */
  readonly person: { readonly firstName: string; readonly lastName: string; readonly birthDate: string } | null;
}

type WhoseParts = Pick<PortalContext, "vault" | "access" | "clock" | "ledger" | "preferences">;

/** One customer, several who share the address, or nobody. Values that cannot be searched by are nobody's. */
export async function whoseAddress(
  parts: WhoseParts,
  { channel, contact, person }: Claim,
): Promise<Uuid | "several" | null> {
  const holders = await holdersOf(parts, channel, contact);
  const named = person === null || holders.length === 0 ? holders : await namesakes(parts, person, holders);
  if (named.length > 1) return person === null ? "several" : null;
  const [only] = named;
  return only !== undefined && (await maySignIn(parts, { customerId: only, channel, contact })) ? only : null;
}

async function holdersOf(parts: WhoseParts, channel: Claim["channel"], contact: string): Promise<Uuid[]> {
  const { vault } = parts;
  const hits = await hitsOf(vault, channel, { [channel]: contact });
  const holders = new Set<Uuid>();
  for (const { customerId, recordId } of hits) {
    const [stored] = await vault.loadRecords([customerId], { recordId });
    if (stored?.unit.header.kind !== "relationship") continue;
    const hasStood = await hasSettled(parts, { customerId, revision: stored.record.revision });
    // INVARIANT: nothing goes to a contact on file while another address stands (45 CFR 164.522(b)).
    if (hasStood && (await parts.preferences.mayUseContacts(customerId))) holders.add(customerId);
  }
  const other = await parts.preferences.holderOf(channel, contact);
  if (other !== null) holders.add(other);
  return [...holders];
}

async function namesakes(
  { vault }: WhoseParts,
  { firstName, lastName, birthDate }: NonNullable<Claim["person"]>,
  holders: readonly Uuid[],
): Promise<Uuid[]> {
  const values = { "first-name": firstName, "last-name": lastName, "birth-date": birthDate };
  const hits = await hitsOf(vault, "person-name-birth-date", values);
  return holders.filter((id) => hits.some(({ customerId }) => customerId === id));
}

async function hitsOf(vault: WhoseParts["vault"], indexName: string, values: Readonly<Record<string, string>>) {
  try {
    return (await vault.search({ indexName, values })).hits;
  } catch (error) {
    if (error instanceof VaultError && (error.code === "invalid-field" || error.code === "too-many")) return [];
    throw error;
  }
}

/**
 * Name and date of birth are known to the household: they open nothing of somebody who is protected from it (N.Y. Ins. Law 2612). INVARIANT: whoever else has the
 * address counts, also while it leads to nobody but the one who is protected.
 */
async function maySignIn(
  parts: WhoseParts,
  of: { readonly customerId: Uuid } & Pick<Claim, "channel" | "contact">,
): Promise<boolean> {
  const standing = await customerStanding(parts, of.customerId);
  if (standing === null) return false;
  return !standing.flags.includes("protection-order") || !(await parts.preferences.isShared(of));
}
