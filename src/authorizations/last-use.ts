// When and for what somebody last rested on an authorization: read off the ledger, where every disclosure names what it rested on.
import { z } from "zod";
import type { Uuid } from "../kernel/bytes.ts";
import type { Purpose } from "../kernel/vocabulary.ts";
import type { OpenedEntry } from "../ledger/ledger.ts";
import type { AuthorizationsContext } from "./context.ts";

export interface AuthorizationUse {
  readonly entryId: Uuid;
  readonly at: Date;
  readonly purpose: Purpose | null;
  readonly recipientType: string | null;
}

/** Entries read back at most, newest first: what was used before those is answered as not known. */
export const SCANNED_MAX = 2000;
export const CHUNK = 100;

const grounds = z.array(z.object({ kind: z.string(), id: z.string() }));

/** By authorization; who is not in it was used in none of the entries read. Withheld entries are not told of. */
export async function lastUses(
  { ledger }: Pick<AuthorizationsContext, "ledger">,
  customerId: Uuid,
  ids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, AuthorizationUse>> {
  const found = new Map<Uuid, AuthorizationUse>();
  let cursor: string | null = null;
  for (let scanned = 0; scanned < SCANNED_MAX && found.size < ids.length; scanned += CHUNK) {
    const filter = { kinds: ["disclosure"], outcomes: ["allowed", "partial"] } as const;
    const page: Awaited<ReturnType<typeof ledger.accountingOpened>> = await ledger.accountingOpened(
      customerId,
      filter,
      { cursor, limit: CHUNK },
    );
    for (const entry of page.items.filter(({ basis }) => basis === "authorization"))
      for (const id of restedOn(entry)) if (ids.includes(id) && !found.has(id)) found.set(id, useOf(entry));
    cursor = page.next;
    if (cursor === null) break;
  }
  return found;
}

export function restedOn({ detail }: OpenedEntry): Uuid[] {
  const parsed = grounds.safeParse(detail["grounds"]);
  if (!parsed.success) return [];
  return parsed.data.filter(({ kind }) => kind === "authorization").map(({ id }) => id as Uuid);
}

function useOf({ entryId, at, purpose, detail }: OpenedEntry): AuthorizationUse {
  const type = detail["recipientType"];
  const recipientType = typeof type === "string" && type !== "none" ? type : null;
  return { entryId, at: new Date(at * 1000), purpose, recipientType };
}
