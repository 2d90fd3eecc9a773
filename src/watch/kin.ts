// Which customers are related to a staff member: found by the blind indexes from the sealed staff profile, remembered, and looked up at once.
import type { Uuid } from "../kernel/bytes.ts";
import { VaultError } from "../vault/vault.ts";
import type { WatchContext } from "./context.ts";
import type { RelationCode } from "./rules.ts";
import { STAFF_PROFILE, type StaffProfile } from "./rows.ts";

export interface Kin {
  readonly surname: string | null;
  readonly relations: ReadonlyMap<Uuid, ReadonlySet<RelationCode>>;
}

export interface KinMemory {
  /** Null when they are to be read first. A memory that is old is answered once more, and renewed behind it. */
  known(principalId: Uuid): Kin | null;
  read(principalId: Uuid): Promise<Kin>;
  forget(principalId: Uuid): void;
}

const REMEMBERED_MS = 600_000;
const REMEMBERED_MAX = 20_000;
const NO_KIN: Kin = { surname: null, relations: new Map() };

interface Remembered {
  readonly kin: Kin;
  readonly untilMs: number;
}

export function createKinMemory(context: WatchContext): KinMemory {
  const remembered = new Map<Uuid, Remembered>();
  const reading = new Map<Uuid, Promise<Kin>>();
  const read = (principalId: Uuid): Promise<Kin> => {
    const under = reading.get(principalId);
    if (under !== undefined) return under;
    const work = findKin(context, principalId)
      .then((kin) => {
        if (remembered.size >= REMEMBERED_MAX) remembered.delete(remembered.keys().next().value ?? principalId);
        remembered.set(principalId, { kin, untilMs: context.clock.now().getTime() + REMEMBERED_MS });
        return kin;
      })
      .finally(() => reading.delete(principalId));
    reading.set(principalId, work);
    return work;
  };
  return {
    known: (principalId) => {
      const found = remembered.get(principalId);
      if (found === undefined) return null;
      if (context.clock.now().getTime() >= found.untilMs) read(principalId).catch(context.onFailure);
      return found.kin;
    },
    read,
    forget: (principalId) => void remembered.delete(principalId),
  };
}

async function findKin(context: WatchContext, principalId: Uuid): Promise<Kin> {
  const [profile] = await context.authority.live(context.database, STAFF_PROFILE, principalId);
  if (profile === undefined) return NO_KIN;
  const { content } = profile;
  const [own, housemates, phones, emails] = await Promise.all([
    findOwn(context, content),
    content.street === null || content.postcode === null
      ? []
      : findBy(context, content, "address-street-postcode", { line1: content.street, postcode: content.postcode }),
    each(content.phones, (phone) => findBy(context, content, "phone", { phone })),
    each(content.emails, (email) => findBy(context, content, "email", { email })),
  ]);
  const relations = new Map<Uuid, Set<RelationCode>>();
  const note = (customerIds: Iterable<Uuid>, code: RelationCode): void => {
    for (const id of customerIds) relations.set(id, (relations.get(id) ?? new Set()).add(code));
  };
  note(own, "own-file");
  note(housemates, "same-address");
  note(await context.vault.sharingSurname(housemates, content.lastName), "same-surname-and-address");
  note(phones, "same-phone");
  note(emails, "same-email");
  note(await householdsOf(context, own), "household");
  return { surname: content.lastName, relations };
}

async function findOwn(context: WatchContext, profile: StaffProfile): Promise<Uuid[]> {
  const { firstName, lastName, birthDate, customerId } = profile;
  const known = customerId === null ? [] : [customerId];
  if (firstName === null || birthDate === null) return known;
  const values = { "first-name": firstName, "last-name": lastName, "birth-date": birthDate };
  return [...known, ...(await findBy(context, profile, "person-name-birth-date", values))];
}

/** Nobody where the schema has no such index, or a value cannot be what the index holds: a profile is not refused over it. */
async function findBy(
  { vault }: WatchContext,
  { country }: StaffProfile,
  indexName: string,
  values: Readonly<Record<string, string>>,
): Promise<Uuid[]> {
  if (vault.registry.index(indexName) === null) return [];
  try {
    const context = { country, currency: "USD", dateFormat: "yyyy-mm-dd" } as const;
    const { hits } = await vault.search({ indexName, values, context });
    return [...new Set(hits.map(({ customerId }) => customerId))];
  } catch (error) {
    if (error instanceof VaultError) return [];
    throw error;
  }
}

/** Whoever a link says lives in the household of the own file, or depends on it. */
async function householdsOf({ vault }: WatchContext, own: readonly Uuid[]): Promise<Uuid[]> {
  const sides = await each(own, (customerId) => vault.links(customerId));
  return sides
    .filter(({ kind, ended }) => !ended && (kind === "household" || kind === "dependant"))
    .map(({ otherCustomerId }) => otherCustomerId);
}

async function each<Item, Found>(items: readonly Item[], find: (item: Item) => Promise<Found[]>): Promise<Found[]> {
  return (await Promise.all(items.map(find))).flat();
}
