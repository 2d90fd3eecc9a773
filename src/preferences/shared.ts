// Whether a contact is somebody's alone: what others have too, others may read, and it proves nothing of whoever is protected from one of them.
import type { Uuid } from "../kernel/bytes.ts";
import { VaultError } from "../vault/vault.ts";
import type { PreferencesContext } from "./context.ts";
import { PREFERENCE } from "./preference-row.ts";
import { lookupFor } from "./set-preferences.ts";

export interface OneContact {
  readonly customerId: Uuid;
  readonly channel: "email" | "phone";
  readonly contact: string;
}

/**
 * Whether anybody else has it on file, in whatever unit and however new, or as their other address. INVARIANT: true where that cannot be told, since it is asked
 * of those who are protected (N.Y. Ins. Law 2612).
 */
export async function isShared(
  context: PreferencesContext,
  { customerId, channel, contact }: OneContact,
): Promise<boolean> {
  const lookup = lookupFor(context, channel, contact);
  if (lookup === null) return true;
  const other = await context.authority.find(context.database, PREFERENCE, lookup);
  if (other !== null && other.ownerId !== customerId) return true;
  try {
    const asked = { indexName: channel, values: { [channel]: contact } };
    const { hits, truncated, unreadable } = await context.vault.search(asked);
    return truncated || unreadable > 0 || hits.some((hit) => hit.customerId !== customerId);
  } catch (error) {
    if (error instanceof VaultError && (error.code === "invalid-field" || error.code === "too-many")) return true;
    throw error;
  }
}
