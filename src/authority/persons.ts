// Which principals are one person: several of somebody's are known by one keyed digest, so that no rule that asks for two is kept by one.
import { z } from "zod";
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { AuthorityError } from "./errors.ts";
import type { LiveRows, RowType } from "./live-rows.ts";

const content = z.strictObject({ person: z.string().regex(/^[0-9a-f]{64}$/) });
/** The keyed digest of whom a principal stands for: those that have the same one are one person. Owned by the principal. */
export const PERSONNEL: RowType<z.infer<typeof content>> = { kind: "personnel", content };

interface Reading {
  liveOfMany(
    on: Querier,
    types: readonly { readonly kind: string }[],
    ownerIds: readonly Uuid[],
  ): Promise<ReadonlyMap<Uuid, LiveRows | null>>;
}

/**
 * Those of `others` that are one person with `one`, itself included: one statement, none where there is nobody else. Throws AuthorityError
 * "forged-authority": what does not verify may be anybody.
 */
export async function samePersons(
  rows: Reading,
  on: Querier,
  one: Uuid,
  others: Iterable<Uuid>,
): Promise<ReadonlySet<Uuid>> {
  const asked = new Set(others);
  const same = new Set<Uuid>(asked.delete(one) ? [one] : []);
  if (asked.size === 0) return same;
  const found = await rows.liveOfMany(on, [PERSONNEL], [one, ...asked]);
  const person = personOf(found, one);
  // Read to the end whatever the first says: who is refused for a forged row must not depend on who asks.
  for (const other of asked) if (personOf(found, other) === person && person !== null) same.add(other);
  return same;
}

const OWNERS_AT_ONCE = 500;

/** The digest of whoever is known by one. What does not verify is left out: for lists, never for a decision. */
export async function personsOf(rows: Reading, on: Querier, ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, string>> {
  const persons = new Map<Uuid, string>();
  for (let at = 0; at < ids.length; at += OWNERS_AT_ONCE) {
    const found = await rows.liveOfMany(on, [PERSONNEL], ids.slice(at, at + OWNERS_AT_ONCE));
    for (const [id, live] of found) {
      const person = live?.of(PERSONNEL, new Date(0))[0]?.content.person;
      if (person !== undefined) persons.set(id, person);
    }
  }
  return persons;
}

function personOf(found: ReadonlyMap<Uuid, LiveRows | null>, id: Uuid): string | null {
  const rows = found.get(id);
  if (rows == null) throw new AuthorityError("forged-authority");
  // Such a row does not lapse.
  return rows.of(PERSONNEL, new Date(0))[0]?.content.person ?? null;
}
