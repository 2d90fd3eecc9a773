// Writes what of a staff member is compared with customers. Nobody reads it back.
import { AccessError, type Actor, type AlsoWrite } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { WatchContext } from "./context.ts";
import { STAFF_PROFILE, type StaffProfile } from "./rows.ts";

/** The whole profile anew. Throws AccessError `own-authority` (recorded): whoever wrote their own would choose whose relative they are not. */
export function setStaffProfile(
  context: WatchContext,
  asked: { readonly principalId: Uuid; readonly profile: StaffProfile },
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  const { principalId, profile } = asked;
  return write(context, { principalId, actor, also, profileOf: () => profile });
}

/** What a directory knows of a member of staff. */
export interface DirectoryEntry {
  readonly principalId: Uuid;
  /** Whom they acted as before, where a change of role made them another principal. */
  readonly before: Uuid | null;
  readonly givenName: string;
  readonly familyName: string;
  readonly emails: readonly string[];
}

const EMAILS_MAX = 5;
const NOTHING: Omit<StaffProfile, "lastName"> = {
  firstName: null,
  birthDate: null,
  street: null,
  postcode: null,
  country: "US",
  phones: [],
  emails: [],
  customerId: null,
};

/**
 * Names and addresses as the directory has them; what personnel added stays, and goes along to another principal: a change of role changes nobody's
 * relatives. Nothing is written where nothing is new. Throws as setStaffProfile.
 */
export async function noteDirectoryEntry(context: WatchContext, entry: DirectoryEntry, actor: Actor): Promise<boolean> {
  const { principalId, before } = entry;
  const [own] = await context.authority.live(context.database, STAFF_PROFILE, principalId);
  const [earlier] =
    own !== undefined || before === null ? [] : await context.authority.live(context.database, STAFF_PROFILE, before);
  const merged = (held: StaffProfile | undefined): StaffProfile | null => withEntry(held ?? earlier?.content, entry);
  const wanted = merged(own?.content);
  if (wanted === null || JSON.stringify(wanted) === JSON.stringify(own?.content)) return false;
  await write(context, { principalId, actor, profileOf: (held) => merged(held) ?? wanted });
  return true;
}

/** Null where there is no name to compare by. */
function withEntry(held: StaffProfile | undefined, entry: DirectoryEntry): StaffProfile | null {
  const lastName = entry.familyName || held?.lastName;
  if (lastName === undefined) return null;
  const firstName = entry.givenName || (held?.firstName ?? null);
  const emails = [...new Set([...entry.emails, ...(held?.emails ?? [])])].slice(0, EMAILS_MAX);
  return { ...(held ?? NOTHING), firstName, lastName, emails };
}

interface ProfileWrite {
  readonly principalId: Uuid;
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
  readonly profileOf: (held: StaffProfile | undefined) => StaffProfile;
}

async function write(context: WatchContext, { principalId, actor, also, profileOf }: ProfileWrite): Promise<void> {
  const { access, authority, clock } = context;
  const attempt = { kind: "grant", action: "staff-profile.set", actor, targets: [principalId], also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    if (await access.isActor(tx, actor, [principalId])) throw new AccessError("own-authority");
    const written = await authority.change(tx, {
      ownerId: principalId,
      act,
      reads: [STAFF_PROFILE.kind],
      make: (live) => {
        const [before] = live.of(STAFF_PROFILE, clock.now());
        const content = profileOf(before?.content);
        return [putRow(STAFF_PROFILE, { rowId: before?.rowId ?? newId(), content })];
      },
    });
    return { result: null, written, detail: { principal: principalId }, ids: [principalId] };
  });
}
