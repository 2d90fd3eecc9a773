// Which principals are one person: several of somebody's are known by a keyed digest they share, so that no rule that asks for two is kept by one.
import { z } from "zod";
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { AuthorityError } from "./errors.ts";
import type { LiveRows, RowType } from "./live-rows.ts";

const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullable();
const content = z.strictObject({
  /** Of the personnel number that somebody wrote down. */
  number: digest,
  /** Of the entry in the company's directory. */
  directory: digest,
});
export type Personnel = z.infer<typeof content>;
/** Keyed digests of whom a principal stands for: those that share one are one person. Owned by the principal. */
export const PERSONNEL: RowType<Personnel> = { kind: "personnel", content };
export const UNKNOWN_PERSON: Personnel = { number: null, directory: null };

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
  const personOf = (id: Uuid): Personnel => {
    const live = found.get(id);
    if (live == null) throw new AuthorityError("forged-authority");
    return personnelOf(live) ?? UNKNOWN_PERSON;
  };
  const person = personOf(one);
  // Read to the end whatever the first says: who is refused for a forged row must not depend on who asks.
  for (const other of asked) if (isSame(person, personOf(other))) same.add(other);
  return same;
}

export function isSame(one: Personnel, other: Personnel): boolean {
  return (
    (one.number !== null && one.number === other.number) ||
    (one.directory !== null && one.directory === other.directory)
  );
}

const OWNERS_AT_ONCE = 500;

/** Of whoever is known. What does not verify is left out: for lists, never for a decision. */
export async function personsOf(
  rows: Reading,
  on: Querier,
  ids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, Personnel>> {
  const persons = new Map<Uuid, Personnel>();
  for (let at = 0; at < ids.length; at += OWNERS_AT_ONCE) {
    const found = await rows.liveOfMany(on, [PERSONNEL], ids.slice(at, at + OWNERS_AT_ONCE));
    for (const [id, live] of found) {
      const person = live === null ? null : personnelOf(live);
      if (person !== null) persons.set(id, person);
    }
  }
  return persons;
}

/** Such a row does not lapse. */
function personnelOf(live: LiveRows): Personnel | null {
  return live.of(PERSONNEL, new Date(0))[0]?.content ?? null;
}
