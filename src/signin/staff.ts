// What is done about other people's sign-in, wired to its verbs.
import type { Actor, AlsoWrite, Authenticated, DescribedPrincipal } from "../access/access.ts";
import type { PageOf, Row, RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { ACCOUNT, supervisorOf } from "./account.ts";
import { approvePerson, registrationFor, type WaitingPerson, waitingPeople } from "./approve-person.ts";
import type { SignInContext } from "./context.ts";
import type { NewInvitation } from "./invitations.ts";
import {
  type DescribedPerson,
  described,
  inviteAgain,
  type MadePerson,
  makeFirstPerson,
  makePerson,
  nameSupervisor,
  type PersonDetails,
  type PersonRequest,
  showPerson,
} from "./people.ts";
import {
  approveReset,
  askForReset,
  type AskedReset,
  cancelReset,
  RESET,
  type ResetContent,
  type ResetRequest,
} from "./resets.ts";

export interface Staff {
  make(request: PersonRequest, actor: Actor, also?: AlsoWrite): Promise<MadePerson>;
  makeFirst(person: { readonly name: string; readonly email: string }): Promise<MadePerson>;
  /** The second person's word for somebody whom another made. */
  approve(principalId: Uuid, actor: Actor): Promise<void>;
  /** To be written in the act that makes somebody in this role, who is pending then; null where they need nobody else. */
  registration(role: Role, requestedBy: Uuid): RowChange | null;
  /** Who waits for that word. */
  waiting(limit: number): Promise<readonly WaitingPerson[]>;
  inviteAgain(principalId: Uuid, actor: Actor): Promise<NewInvitation>;
  nameSupervisor(principalId: Uuid, supervisorId: Uuid | null, actor: Actor): Promise<null>;
  /** The caller checks `staff.list` for this and the next. */
  describe(people: readonly DescribedPrincipal[]): Promise<readonly DescribedPerson[]>;
  show(principalId: Uuid): Promise<PersonDetails>;
  askForReset(request: ResetRequest, actor: Authenticated): Promise<AskedReset>;
  approveReset(of: ResetOf, actor: Authenticated): Promise<NewInvitation>;
  cancelReset(of: ResetOf, actor: Authenticated): Promise<null>;
  /** Open ones with the supervisor of whom each is about: two statements. For work lists; whoever approves is checked again. */
  resetsToDecide(limit: number): Promise<readonly ResetToDecide[]>;
  /** Open ones. */
  resets(page: { readonly after: Uuid | null; readonly limit: number }): Promise<PageOf<ResetContent>>;
}

export interface ResetToDecide {
  readonly reset: Row<ResetContent>;
  readonly supervisorId: Uuid | null;
}

interface ResetOf {
  readonly principalId: Uuid;
  readonly resetId: Uuid;
}

export function staff(context: SignInContext): Staff {
  return {
    make: (request, actor, also) => makePerson(context, request, actor, also),
    makeFirst: (person) => makeFirstPerson(context, person),
    approve: (principalId, actor) => approvePerson(context, principalId, actor),
    registration: (role, requestedBy) => registrationFor(context, role, requestedBy),
    waiting: (limit) => waitingPeople(context, limit),
    inviteAgain: (principalId, actor) => inviteAgain(context, principalId, actor),
    nameSupervisor: (principalId, supervisorId, actor) => nameSupervisor(context, principalId, supervisorId, actor),
    describe: (people) => described(context, people),
    show: (principalId) => showPerson(context, principalId),
    askForReset: (request, actor) => askForReset(context, request, actor),
    approveReset: (of, actor) => approveReset(context, of, actor),
    cancelReset: (of, actor) => cancelReset(context, of, actor),
    resetsToDecide: (limit) => resetsToDecide(context, limit),
    resets: ({ after, limit }) => context.authority.page(context.database, RESET, { state: "live", after, limit }),
  };
}

async function resetsToDecide(
  { authority, database, clock }: SignInContext,
  limit: number,
): Promise<readonly ResetToDecide[]> {
  const { rows } = await authority.page(database, RESET, { state: "live", after: null, limit });
  const now = clock.now();
  const open = rows.filter(({ endsAt }) => endsAt !== null && now < endsAt);
  const owners = open.map(({ ownerId }) => ownerId);
  const accounts = owners.length === 0 ? null : await authority.liveOfMany(database, [ACCOUNT], owners);
  return open.map((reset) => {
    const account = accounts?.get(reset.ownerId)?.of(ACCOUNT, now)[0];
    return { reset, supervisorId: account === undefined ? null : supervisorOf(account) };
  });
}
