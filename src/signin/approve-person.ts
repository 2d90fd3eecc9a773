// A member of staff whom one administrator made and a second one approves: nobody alone lets in who sees data in clear.
import { z } from "zod";
import { AccessError, type Actor, type GrantWrite } from "../access/access.ts";
import { putRow, type RowChange, type RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Role } from "../kernel/vocabulary.ts";
import type { SignInContext } from "./context.ts";
import { SignInError } from "./errors.ts";

const content = z.strictObject({ requestedBy: z.uuid(), approvedBy: z.uuid().nullable() });
const STAFF_REGISTRATION: RowType<z.infer<typeof content>> = { kind: "staff-registration", content };

/** Whether new staff of the role wait for somebody else than who asks. */
export function needsSecondPerson({ approvals, policy }: SignInContext, role: Role): boolean {
  return approvals && policy.secondPerson.roles.includes(role);
}

/** Who asked, for the act that makes somebody who waits; null where nobody waits. */
export function registrationFor(context: SignInContext, role: Role, requestedBy: Uuid): RowChange | null {
  return needsSecondPerson(context, role) ? registrationOf(requestedBy) : null;
}

export function registrationOf(requestedBy: Uuid): RowChange {
  return putRow(STAFF_REGISTRATION, { rowId: newId(), content: { requestedBy, approvedBy: null } });
}

/**
 * INVARIANT: who asked is not who approves, nor is the person. Throws AccessError `not-permitted` and `own-authority` (recorded), `wrong-status`, SignInError
 * `unknown-person`.
 */
export async function approvePerson(context: SignInContext, principalId: Uuid, actor: Actor): Promise<void> {
  const grants: GrantWrite = ({ tx, act }) =>
    context.authority.change(tx, {
      ownerId: principalId,
      act,
      reads: [STAFF_REGISTRATION.kind],
      make: async (live) => {
        const [registration] = live.of(STAFF_REGISTRATION, context.clock.now());
        // Without a row that says who asked, nobody can be told to be another.
        if (registration === undefined) throw new SignInError("unknown-person");
        if (await context.access.isActor(tx, actor, [registration.content.requestedBy]))
          throw new AccessError("own-authority", "who asked for it is not who approves it");
        return [
          putRow(STAFF_REGISTRATION, {
            ...registration,
            content: { ...registration.content, approvedBy: actor.principalId },
          }),
        ];
      },
    });
  await context.access.setClientStatus({ principalId, action: "staff.approve" }, actor, undefined, grants);
}

export interface WaitingPerson {
  readonly principalId: Uuid;
  /** Null where nothing says who asked: then nobody may approve them either. */
  readonly requestedBy: string | null;
}

/** For work lists; whoever approves is checked again. */
export async function waitingPeople(
  { access, authority, clock, database }: SignInContext,
  limit: number,
): Promise<readonly WaitingPerson[]> {
  const pending = (await access.listPending(limit)).filter(({ kind }) => kind === "staff");
  const ids = pending.map(({ principalId }) => principalId);
  const files = ids.length === 0 ? null : await authority.liveOfMany(database, [STAFF_REGISTRATION], ids);
  return ids.map((principalId) => {
    const registration = files?.get(principalId)?.of(STAFF_REGISTRATION, clock.now())[0];
    return { principalId, requestedBy: registration?.content.requestedBy ?? null };
  });
}
