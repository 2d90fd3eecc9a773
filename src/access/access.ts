// Who may act, and on whose rows: API clients, assignments, flags and the policy set in force, none of them believed without its MAC.
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Purpose } from "../kernel/vocabulary.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { openAuthorityRows } from "../authority/authority.ts";
import type { Database, Querier } from "../postgres/database.ts";
import type { Action } from "./actions.ts";
import { loadAdministration, mayDo } from "./administration.ts";
import { clientAdministration, type ClientAdministration } from "./administer-clients.ts";
import { customerAdministration, type CustomerAdministration } from "./administer-customers.ts";
import { createAuthenticator, releaseIfInForce } from "./authenticate.ts";
import type { AccessContext } from "./context.ts";
import type { AuthorityAnomaly } from "./anomaly.ts";
import type { AuthorityKeys } from "./authority-keys.ts";
import { type FirstNoticeTeam, loadFirstNotices } from "./first-notices.ts";
import { createHighWater } from "../kernel/high-water.ts";
import { perform, type Attempt } from "./perform.ts";
import { type ActivatedPolicies, activatePolicySet, currentPolicySet } from "./policy-set.ts";
import { type PolicySet } from "./policy-row.ts";
import { type Actor, type Authenticated } from "./principal.ts";
import { selectPrincipal } from "./principal-store.ts";
import type { PrincipalRow, StoredPrincipal } from "./principal-row.ts";
import type { CustomerRow } from "./assignment-store.ts";
import { believedState } from "./customer-authority.ts";
import type { CustomerAuthority } from "./customer-state.ts";
import { believedPrincipal, readPrincipal } from "./read-principal.ts";
import { renewBatch, type Renewal, type RenewalCursor } from "./renew.ts";
import { isActor } from "./right.ts";
import { loadRoles, type RoleTable } from "./roles.ts";
import { ensureSystemPrincipal } from "./system-principal.ts";
import { writeForOthers, type Done, type Writing } from "./write-for-others.ts";
import { createVerifiedRows } from "../kernel/verified-rows.ts";

export { ACTIONS, type Action } from "./actions.ts";
export type { Assignment } from "./assignment-row.ts";
export type { AssignmentKey, CustomerRow } from "./assignment-store.ts";
export type { ClientChange } from "./change-client.ts";
export { isAuthorityVersionUsed } from "./authority-version-used.ts";
export type { AuthorityAnomaly } from "./anomaly.ts";
export type { AssignmentRequest } from "./create-assignments.ts";
export type { ClientRequest, NewClient } from "./create-client.ts";
export type { AlsoGrant, StaffRequest } from "./create-staff.ts";
export type { Attempt } from "./perform.ts";
export type { CustomerAuthority } from "./customer-state.ts";
export { AccessError, type AccessErrorCode } from "./errors.ts";
export { activeFlags, type FlagRequest, isProtected, protectedSince } from "./flags.ts";
export type { DisputeChange } from "./disputes.ts";
export { flagsSince } from "./flags.ts";
export type { HeldPlace } from "./holds.ts";
export type { AssignmentPage } from "./list-assignments.ts";
export type { DescribedPrincipal, PrincipalPage } from "./list-clients.ts";
export type { PolicySet } from "./policy-row.ts";
export type { PrincipalRow } from "./principal-row.ts";
export type { WrittenRow } from "./act.ts";
export {
  SIGN_IN_METHODS,
  type Actor,
  type Authenticated,
  type Principal,
  type PrincipalStatus,
  type Scope,
  type SignIn,
  type SignInMethod,
  viaOf,
} from "./principal.ts";
export type { Renewal, RenewalCursor } from "./renew.ts";
export { ROW_SCOPES, type RoleTable, type RowScope } from "./roles.ts";
export { checkedScope } from "./client-scope.ts";
export type { StatusAction, StatusChange } from "./set-client-status.ts";
export { verifyAuthority, type AuthorityFinding, type AuthorityFindingCode } from "./verify-authority.ts";
export type { AlsoWrite, GrantWrite } from "./within.ts";
export type { Done, Writing } from "./write-for-others.ts";
export { gatherWrittenRows, type WrittenRows } from "./written-rows.ts";

export interface AccessOptions {
  readonly database: Database;
  readonly keys: AuthorityKeys;
  readonly ledger: Pick<Ledger, "append" | "appendIn" | "list">;
  readonly clock: Clock;
  /** governance/access: roles.yaml and administration.yaml. */
  readonly governanceFolder: string;
  /** Told of every row that grants nothing because it does not verify, each time one is met: for logs and alarms. */
  readonly onAnomaly: (anomaly: AuthorityAnomaly) => void;
}

/**
 * Writes check the actor's right, run in one transaction whose last statement is the ledger's entry, and record refused attempts. `also` adds
 * the caller's own writes to that transaction. All throw AccessError; those that name an actor throw `not-permitted` and `stale-actor`.
 */
export interface Access extends ClientAdministration, CustomerAdministration {
  /** The server itself, as the actor of what it does by itself. */
  readonly system: Actor;
  readonly roles: RoleTable;
  /** Whose work a first notice of loss is. */
  readonly firstNoticeTeam: FirstNoticeTeam;
  may(actor: Pick<Authenticated, "kind" | "role" | "purposes">, action: Action, purpose?: Purpose): boolean;
  /** Null for every API client's token that is not good, whatever the reason. What it returns may be two seconds old unless it is to be `fresh`. */
  authenticate(token: string, fresh?: boolean): Promise<Authenticated | null>;
  /** The principal as it stands now, not signed in: for sessions, and for a decision that turned out stale. Null when it is not in force. */
  reread(principalId: Uuid): Promise<Authenticated | null>;
  /** The same from a row that another statement read just now. Null, without a word of it, also where it is to be read again by `reread`. */
  believe(row: PrincipalRow): Authenticated | null;
  /** The state of a customer in the same way: null where it is to be read again by `authoritiesOf`. */
  believeState(row: CustomerRow): CustomerAuthority["state"];
  /** Whether there is or was such a principal, in force or not: for those who may know of all of them. */
  knows(principalId: Uuid): Promise<boolean>;
  /** Whether the actor is one of these principals, or one person with one of them: for every rule that asks for two people. */
  isActor(on: Querier, actor: Pick<Actor, "principalId" | "kind" | "via">, ids: readonly string[]): Promise<boolean>;
  /** Signatures by which permits are among it are told by the entry. */
  activatePolicySet(digest: Uint8Array, signed?: ActivatedPolicies["signed"]): Promise<PolicySet>;
  currentPolicySet(): Promise<PolicySet | null>;
  /** Other domains' writes: the right, one transaction, what it wrote named in the entry that comes last, and an entry of a refusal. */
  write<Result>(attempt: Attempt, work: (writing: Writing) => Promise<Done<Result>>): Promise<Result>;
  /** After a rotation of the authority key: call until `next` is null, then the old version may be destroyed unless rows were unverified. */
  renewBatch(cursor: RenewalCursor | null): Promise<Renewal>;
}

const PRINCIPALS_REMEMBERED_MAX = 100_000;
const CUSTOMERS_REMEMBERED_MAX = 50_000;
/** Some 3 KB each. */
const CUSTOMERS_VERIFIED_MAX = 5000;
const PRINCIPALS_VERIFIED_MAX = 5000;

/** Reads the governance files and makes the system principal at the first start. Throws AccessError `bad-governance`, `forged-authority`. */
export async function openAccess(options: AccessOptions): Promise<Access> {
  const context = contextOf(options);
  const { authenticate, forget } = createAuthenticator(context);
  const whole: AccessContext = { ...context, forget };
  const system = await ensureSystemPrincipal(whole);
  return {
    system,
    roles: whole.roles,
    firstNoticeTeam: loadFirstNotices(options.governanceFolder),
    may: (actor, action, purpose) => mayDo(whole.rights, actor, action, purpose),
    authenticate,
    reread: (principalId) => reread(whole, principalId),
    believe: (row) => released(whole, believedPrincipal(whole, row)),
    believeState: (row) => believedState(whole, row),
    knows: async (principalId) => (await selectPrincipal(whole.database, principalId)) !== null,
    isActor: (on, actor, ids) => isActor(whole, on, actor, ids),
    activatePolicySet: (digest, signed = []) =>
      perform(whole, { kind: "policy-set", action: "policy.activate", actor: system, targets: [] }, (within) =>
        activatePolicySet(whole, within, { digest, signed }),
      ),
    currentPolicySet: () => currentPolicySet(whole, whole.database),
    write: (attempt, work) => writeForOthers(whole, attempt, work),
    renewBatch: (cursor) => renewBatch(whole, cursor),
    ...clientAdministration(whole),
    ...customerAdministration(whole),
  };
}

function contextOf(options: AccessOptions): Omit<AccessContext, "forget"> {
  const { database, keys, ledger, clock, governanceFolder, onAnomaly } = options;
  const roles = loadRoles(governanceFolder);
  return {
    database,
    keys,
    ledger,
    clock,
    roles,
    rights: loadAdministration(governanceFolder, roles),
    seenPrincipals: createHighWater(PRINCIPALS_REMEMBERED_MAX),
    seenCustomers: createHighWater(CUSTOMERS_REMEMBERED_MAX),
    seenPolicySets: createHighWater(1),
    verifiedCustomers: createVerifiedRows(CUSTOMERS_VERIFIED_MAX),
    verifiedPrincipals: createVerifiedRows(PRINCIPALS_VERIFIED_MAX),
    personnel: openAuthorityRows({ keys, clock, onAnomaly }),
    report: onAnomaly,
  };
}

async function reread(context: AccessContext, principalId: Uuid): Promise<Authenticated | null> {
  context.forget(principalId);
  return released(context, await readPrincipal(context, context.database, principalId));
}

function released({ clock }: AccessContext, stored: StoredPrincipal | null): Authenticated | null {
  return stored === null ? null : releaseIfInForce(stored, clock.now());
}
