// What can be done to API clients, each wired to its verb, its transaction and the entry of a refusal.
import type { Uuid } from "../kernel/bytes.ts";
import type { Action } from "./actions.ts";
import {
  bootstrapAdministrator,
  bootstrapKeyedAdministrator,
  bootstrapPerson,
  type FirstAdministrator,
} from "./bootstrap.ts";
import { changeClient, type ClientChange } from "./change-client.ts";
import { changeMembership, type MembershipChange } from "./change-membership.ts";
import type { AccessContext } from "./context.ts";
import { type AlsoGrant, createStaff, type StaffRequest } from "./create-staff.ts";
import { createClient, createKeyedClient, type ClientRequest, type NewClient } from "./create-client.ts";
import {
  describePrincipal,
  listHolders,
  listPending,
  listPrincipals,
  type DescribedPrincipal,
  type PrincipalPage,
} from "./list-clients.ts";
import { perform, type Attempt } from "./perform.ts";
import type { Actor, Principal } from "./principal.ts";
import { rotateClientSecret } from "./rotate-client-secret.ts";
import { setClientStatus, type StatusChange } from "./set-client-status.ts";
import type { AlsoWrite, GrantWrite } from "./within.ts";

export interface ClientAdministration {
  /** Only while there is no client; `already-initialised` afterwards. */
  bootstrapAdministrator(request: FirstAdministrator): Promise<NewClient>;
  /** The same for a person, who signs in by what `grant` writes. Returns the id of the principal made. */
  bootstrapPerson(name: string, grant: AlsoGrant): Promise<Uuid>;
  /** The same for a client without a secret: `grants` registers its keys. */
  bootstrapKeyedAdministrator(request: FirstAdministrator, grants: GrantWrite): Promise<Uuid>;
  createClient(request: ClientRequest, actor: Actor, also?: AlsoWrite, grants?: GrantWrite): Promise<NewClient>;
  /** One without a secret: `grants` registers its keys in the same act. Returns its id. */
  createKeyedClient(request: ClientRequest, actor: Actor, also?: AlsoWrite, grants?: GrantWrite): Promise<Uuid>;
  /** Returns the id of the principal made. */
  createStaff(request: StaffRequest, actor: Actor, also?: AlsoWrite, grant?: AlsoGrant): Promise<Uuid>;
  changeClient(change: ClientChange, actor: Actor, also?: AlsoWrite): Promise<number>;
  /** Of a group that is a team. */
  changeMembership(change: MembershipChange, actor: Actor, also?: AlsoWrite): Promise<number>;
  rotateClientSecret(principalId: Uuid, actor: Actor, also?: AlsoWrite): Promise<NewClient>;
  setClientStatus(change: StatusChange, actor: Actor, also?: AlsoWrite, grants?: GrantWrite): Promise<number>;
  /** With its name, whatever its status; null when there is none or it does not verify. The caller checks `client.list`. */
  describePrincipal(principalId: Uuid): Promise<DescribedPrincipal | null>;
  /** Those that wait for a second person. The caller checks `client.approve`. */
  listPending(limit: number): Promise<readonly Principal[]>;
  /** The caller checks `client.list`. */
  listPrincipals(page: { readonly after: Uuid | null; readonly limit: number }): Promise<PrincipalPage>;
  /** Whom an act can be given to, with their names: everybody in force who may do it. The caller checks that the asker may as well. */
  listHolders(action: Action): Promise<readonly DescribedPrincipal[]>;
}

export function clientAdministration(context: AccessContext): ClientAdministration {
  return {
    bootstrapAdministrator: (request) => bootstrapAdministrator(context, request),
    bootstrapPerson: (name, grant) => bootstrapPerson(context, name, grant),
    bootstrapKeyedAdministrator: (request, grants) => bootstrapKeyedAdministrator(context, request, grants),
    createClient: (request, actor, also, grants) =>
      perform(context, { ...attempt("client.create", actor, [], also), grants }, (within) =>
        createClient(context, within, request),
      ),
    createKeyedClient: (request, actor, also, grants) =>
      perform(context, { ...attempt("client.create", actor, [], also), grants }, (within) =>
        createKeyedClient(context, within, request),
      ),
    createStaff: (request, actor, also, grant) =>
      perform(context, attempt("staff.create", actor, [], also), (within) =>
        createStaff(context, within, request, grant),
      ),
    changeClient: (change, actor, also) =>
      perform(context, attempt("client.change", actor, [change.principalId], also), (within) =>
        changeClient(context, within, change),
      ),
    changeMembership: (change, actor, also) =>
      perform(context, attempt("team.change", actor, [change.principalId], also), (within) =>
        changeMembership(context, within, change),
      ),
    rotateClientSecret: (principalId, actor, also) =>
      perform(context, attempt("client.rotate-secret", actor, [principalId], also), (within) =>
        rotateClientSecret(context, within, principalId),
      ),
    setClientStatus: (change, actor, also, grants) =>
      perform(context, { ...attempt(change.action, actor, [change.principalId], also), grants }, (within) =>
        setClientStatus(context, within, change),
      ),
    describePrincipal: (principalId) => describePrincipal(context, context.database, principalId),
    listPending: (limit) => listPending(context, context.database, limit),
    listPrincipals: (page) => listPrincipals(context, context.database, page),
    listHolders: (action) => listHolders(context, context.database, action),
  };
}

function attempt(action: Attempt["action"], actor: Actor, targets: readonly Uuid[], also?: AlsoWrite): Attempt {
  return { kind: "principal", action, actor, targets, also };
}
