// Writes what of a staff member is compared with customers. Nobody reads it back.
import { AccessError, type Actor, type AlsoWrite } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { WatchContext } from "./context.ts";
import { STAFF_PROFILE, type StaffProfile } from "./rows.ts";

/** The whole profile anew. Throws AccessError `own-authority` (recorded): whoever wrote their own would choose whose relative they are not. */
export async function setStaffProfile(
  { access, authority, clock }: WatchContext,
  asked: { readonly principalId: Uuid; readonly profile: StaffProfile },
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  const { principalId, profile } = asked;
  const attempt = { kind: "grant", action: "staff-profile.set", actor, targets: [principalId], also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    if (actor.principalId === principalId) throw new AccessError("own-authority");
    const written = await authority.change(tx, {
      ownerId: principalId,
      act,
      reads: [STAFF_PROFILE.kind],
      make: (live) => {
        const [before] = live.of(STAFF_PROFILE, clock.now());
        return [putRow(STAFF_PROFILE, { rowId: before?.rowId ?? newId(), content: profile })];
      },
    });
    return { result: null, written, detail: { principal: principalId }, ids: [principalId] };
  });
}
