// The directory of people, as an identity provider keeps it here: by SCIM, or by what it says at a sign-in.
import type { Actor } from "../access/access.ts";
import { AuthorityError, putRow, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { FederationContext } from "./context.ts";
import { FederationError } from "./errors.ts";
import { followMapping } from "./follow-mapping.ts";
import { PERSON, type Person, type PersonContent, personLookup, principalOf } from "./person-row.ts";

/** What the directory says of somebody; the rest follows from it. */
export type PersonDraft = Omit<PersonContent, "principalId" | "mapped" | "resting">;

export interface PeoplePage {
  readonly people: readonly Person[];
  readonly next: Uuid | null;
}

export interface People {
  /** Throws FederationError `person-exists`, AccessError `not-permitted`. */
  create(draft: PersonDraft, actor: Actor): Promise<Person>;
  /** Throws FederationError `unknown-person`, `person-exists`. */
  replace(personId: Uuid, draft: PersonDraft, actor: Actor): Promise<Person>;
  /** Their principal is revoked, and the entry in the directory ended. */
  remove(personId: Uuid, actor: Actor): Promise<void>;
  get(personId: Uuid): Promise<Person | null>;
  named(userName: string): Promise<Person | null>;
  page(after: Uuid | null, limit: number): Promise<PeoplePage>;
}

export function openPeople(context: FederationContext): People {
  const { database, authority, keys } = context;
  const get = async (personId: Uuid): Promise<Person | null> => {
    const [found] = await authority.live(database, PERSON, personId);
    return found ?? null;
  };
  const known = async (personId: Uuid): Promise<Person> => {
    const found = await get(personId);
    if (found === null) throw new FederationError("unknown-person");
    return found;
  };
  return {
    get,
    named: (userName) => authority.find(database, PERSON, personLookup(keys, userName)),
    page: async (after, limit) => {
      const { rows, next } = await authority.page(database, PERSON, { state: "live", after, limit });
      return { people: rows, next };
    },
    async create(draft, actor) {
      const personId = newId();
      await write(context, { personId, before: null, draft: { ...draft, ...NOBODY }, actor });
      return known(personId);
    },
    async replace(personId, draft, actor) {
      const before = await known(personId);
      const { principalId, mapped, resting } = before.content;
      await write(context, { personId, before, draft: { ...draft, principalId, mapped, resting }, actor });
      return known(personId);
    },
    async remove(personId, actor) {
      const before = await known(personId);
      await followMapping(context, { personId, before }, { ...before.content, active: false }, actor);
      await save(context, personId, actor, [{ end: before.rowId }]);
    },
  };
}

const NOBODY = { principalId: null, mapped: null, resting: false } as const;

interface Write {
  readonly personId: Uuid;
  readonly before: Person | null;
  readonly draft: PersonContent;
  readonly actor: Actor;
}

/** The name is taken before anything is granted on it. */
async function write(context: FederationContext, { personId, before, draft, actor }: Write): Promise<void> {
  const rowId = before?.rowId ?? newId();
  const row = (content: PersonContent) =>
    putRow(PERSON, { rowId, lookup: personLookup(context.keys, draft.userName), content });
  await save(context, personId, actor, [row(draft)]);
  const followed = await followMapping(context, { personId, before }, draft, actor);
  const after = { ...draft, ...followed };
  if (JSON.stringify(after) !== JSON.stringify(draft)) await save(context, personId, actor, [row(after)]);
  const { principalId, givenName, familyName, emails } = after;
  const earlier = before === null ? null : principalOf(before);
  if (principalId !== null) {
    const entry = { principalId: asId(principalId), before: earlier, givenName, familyName, emails };
    await context.onEntry(entry, actor);
  }
}

async function save(
  context: FederationContext,
  personId: Uuid,
  actor: Actor,
  changes: readonly RowChange[],
): Promise<void> {
  const attempt = { kind: "grant", action: "person.provision", actor, targets: [personId] } as const;
  try {
    await context.access.write(attempt, async ({ tx, act }) => {
      const change = { ownerId: personId, act, reads: [PERSON.kind], make: () => changes };
      const written = await context.authority.change(tx, change);
      return { result: null, written, detail: { person: personId } };
    });
  } catch (error) {
    if (error instanceof AuthorityError && error.code === "lookup-taken") throw new FederationError("person-exists");
    throw error;
  }
}
