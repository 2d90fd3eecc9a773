// Members of staff as sign-in knows them: made with an invitation, invited again while they have no factor, given a supervisor, described.
import type { Actor, AlsoWrite, DescribedPrincipal, StaffRequest } from "../access/access.ts";
import { AuthorityError, putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId, parseId } from "../kernel/ids.ts";
import { ACCOUNT, accountLookup, accountOf, checkedEmail } from "./account.ts";
import { needsSecondPerson, registrationOf } from "./approve-person.ts";
import type { SignInContext } from "./context.ts";
import { SignInError } from "./errors.ts";
import { factorsOf, type Factors, listed } from "./factors.ts";
import { formerHolder, leaveAddress, NOTHING_LEFT } from "./former-holder.ts";
import { INVITATION, invited, type NewInvitation } from "./invitations.ts";
import { PASSWORD } from "./password.ts";
import { PASSKEY } from "./passkeys.ts";
import { RECOVERY } from "./recovery-codes.ts";
import { TOTP } from "./totp.ts";
import { writeRows } from "./write-rows.ts";

export interface PersonRequest extends Omit<StaffRequest, "isPending"> {
  readonly email: string;
  readonly supervisorId: Uuid | null;
  /** Asks for a second person also where none is needed. */
  readonly withSecondPerson?: boolean;
}

export interface MadePerson {
  readonly principalId: Uuid;
  readonly invitation: NewInvitation;
  /** Until a second person approves, the invitation lets nobody in. */
  readonly isPending: boolean;
}

/** Throws SignInError `bad-email`, `email-taken`, `bad-supervisor`, and whatever access does. */
export async function makePerson(
  context: SignInContext,
  { email: given, supervisorId, withSecondPerson = false, ...request }: PersonRequest,
  actor: Actor,
  also?: AlsoWrite,
): Promise<MadePerson> {
  const email = checkedEmail(given);
  if (context.access.may(actor, "staff.create")) {
    await checkSupervisor(context, { supervisorId, personId: null, actor });
  }
  const former = context.access.may(actor, "staff.create") ? await formerHolder(context, email) : null;
  const isPending = withSecondPerson || needsSecondPerson(context, request.role);
  return withAccount(context, { email, supervisorId, namedBy: actor.principalId, isPending, former }, (grant) =>
    context.access.createStaff({ ...request, isPending }, actor, also, grant),
  );
}

/** The first administrator. Throws AccessError `already-initialised`. */
export function makeFirstPerson(
  context: SignInContext,
  { name, email: given }: { readonly name: string; readonly email: string },
): Promise<MadePerson> {
  const namedBy = context.access.system.principalId;
  const account = { email: checkedEmail(given), supervisorId: null, namedBy, isPending: false, former: null };
  return withAccount(context, account, (grant) => context.access.bootstrapPerson(name, grant));
}

type Grant = Parameters<SignInContext["access"]["bootstrapPerson"]>[1];
interface NewAccount {
  readonly email: string;
  readonly supervisorId: Uuid | null;
  readonly namedBy: Uuid;
  readonly isPending: boolean;
  /** Whoever had the address and was ended. */
  readonly former: Uuid | null;
}

/** Principal, account and invitation in one act. */
async function withAccount(
  context: SignInContext,
  { email, supervisorId, namedBy, isPending, former }: NewAccount,
  make: (grant: Grant) => Promise<Uuid>,
): Promise<MadePerson> {
  let invitation: NewInvitation | undefined;
  const grant: Grant = async ({ tx, act }, ownerId) => {
    const left = former === null ? NOTHING_LEFT : await leaveAddress(context, tx, { former, act });
    const written = await context.authority.change(tx, {
      ownerId,
      act,
      reads: [INVITATION.kind],
      make: (live) => {
        const asked = { purpose: "enrolment", madeBy: namedBy, codeDigest: null } as const;
        const made = invited(context, live, { ...asked, hours: context.policy.invitations.invitationHours });
        invitation = made.invitation;
        const content = { email, supervisorId, supervisorNamedBy: supervisorId === null ? null : namedBy };
        return [
          putRow(ACCOUNT, { rowId: newId(), lookup: accountLookup(context.keys, email), content }),
          ...made.changes,
          ...left.known,
          ...(isPending ? [registrationOf(namedBy)] : []),
        ];
      },
    });
    return [...left.written, ...written];
  };
  const principalId = await make(grant).catch((error: unknown) => {
    throw error instanceof AuthorityError && error.code === "lookup-taken" ? new SignInError("email-taken") : error;
  });
  if (invitation === undefined) throw new Error("a person made without an invitation");
  return { principalId, invitation, isPending };
}

/** Only for who has no factor yet: whoever has one needs a reset. Throws SignInError `already-enrolled`, `unknown-person`. */
export async function inviteAgain(context: SignInContext, principalId: Uuid, actor: Actor): Promise<NewInvitation> {
  if (context.access.may(actor, "staff.invite")) await accountOf(context, principalId);
  return writeRows(context, {
    kind: "credential",
    action: "staff.invite",
    actor,
    principalId,
    reads: [INVITATION, PASSWORD, TOTP, PASSKEY, RECOVERY],
    make: (live, now) => {
      if (listed(live, now).factors.length > 0) throw new SignInError("already-enrolled");
      const asked = { purpose: "enrolment", madeBy: actor.principalId, codeDigest: null } as const;
      const made = invited(context, live, { ...asked, hours: context.policy.invitations.invitationHours });
      return {
        changes: made.changes,
        result: made.invitation,
        detail: { endsAt: made.invitation.endsAt.toISOString() },
      };
    },
  });
}

/** Throws SignInError `bad-supervisor`, `unknown-person`. */
export async function nameSupervisor(
  context: SignInContext,
  principalId: Uuid,
  supervisorId: Uuid | null,
  actor: Actor,
): Promise<null> {
  if (context.access.may(actor, "staff.supervisor")) {
    await accountOf(context, principalId);
    await checkSupervisor(context, { supervisorId, personId: principalId, actor });
    if (await context.access.isActor(context.database, actor, [principalId])) throw new SignInError("bad-supervisor");
  }
  return writeRows(context, {
    kind: "grant",
    action: "staff.supervisor",
    actor,
    principalId,
    reads: [ACCOUNT],
    make: (live, now) => {
      const [account] = live.of(ACCOUNT, now);
      if (account === undefined || principalId === actor.principalId) throw new SignInError("bad-supervisor");
      const content = {
        ...account.content,
        supervisorId,
        supervisorNamedBy: supervisorId === null ? null : actor.principalId,
      };
      return {
        changes: [putRow(ACCOUNT, { ...account, content })],
        result: null,
        detail: { supervisor: supervisorId },
      };
    },
  });
}

/** INVARIANT: nobody makes themselves somebody's supervisor, who could then vouch for a reset. */
async function checkSupervisor(
  { access, database }: SignInContext,
  { supervisorId, personId, actor }: { supervisorId: Uuid | null; personId: Uuid | null; actor: Actor },
): Promise<void> {
  if (supervisorId === null) return;
  const supervisor = await access.reread(supervisorId);
  // Who names is not who is named, nor is whom it is about.
  const isSelf =
    (await access.isActor(database, actor, [supervisorId])) ||
    (personId !== null && (await access.isActor(database, { principalId: personId, kind: "staff" }, [supervisorId])));
  if (supervisor?.kind !== "staff" || isSelf) throw new SignInError("bad-supervisor");
}

export interface DescribedPerson extends DescribedPrincipal {
  /** Null where there is none, or it does not verify. */
  readonly email: string | null;
  readonly supervisorId: Uuid | null;
}

/** With their addresses. */
export async function described(
  { authority, database, clock }: SignInContext,
  people: readonly DescribedPrincipal[],
): Promise<readonly DescribedPerson[]> {
  const ids = people.map(({ principalId }) => principalId);
  const rows = await authority.liveOfMany(database, [ACCOUNT], ids);
  return people.map((person) => {
    const held = rows.get(person.principalId)?.of(ACCOUNT, clock.now())[0]?.content;
    return {
      ...person,
      email: held?.email ?? null,
      supervisorId: held?.supervisorId == null ? null : parseId(held.supervisorId),
    };
  });
}

export interface PersonDetails {
  readonly person: DescribedPerson;
  readonly factors: Factors;
  /** Null also where the person was ended, whom no invitation lets in. */
  readonly invitedUntil: Date | null;
}

/** Throws SignInError `unknown-person`. */
export async function showPerson(context: SignInContext, principalId: Uuid): Promise<PersonDetails> {
  const principal = await context.access.describePrincipal(principalId);
  if (principal?.kind !== "staff") throw new SignInError("unknown-person");
  const [[person], factors, [invitation]] = await Promise.all([
    described(context, [principal]),
    factorsOf(context, principalId),
    context.authority.live(context.database, INVITATION, principalId),
  ]);
  if (person === undefined) throw new SignInError("unknown-person");
  const invitedUntil = person.status === "revoked" ? null : (invitation?.endsAt ?? null);
  return { person, factors, invitedUntil };
}
