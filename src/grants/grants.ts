// What somebody may do beyond their own registration, for a time and with others' consent; and what they must have attested for it.
import type { Access, Actor, AlsoWrite, Authenticated } from "../access/access.ts";
import { type AuthorityRows, type PageOf, type Row, samePersons } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";
import {
  acknowledgePolicy,
  attestationsOf,
  declareConflict,
  endAttestation,
  recordTraining,
  type TrainingRecord,
} from "./attestations.ts";
import { openBreakGlass, type Opening, reviewBreakGlass, type Reviewing } from "./break-glass.ts";
import { areTied } from "./independence.ts";
import type { GrantAlert, GrantsContext } from "./context.ts";
import { decideGrant, type Deciding, endGrant } from "./decide-grant.ts";
import { grantLookup } from "./find-grant.ts";
import { createGatherer, type GatherGrantGrounds } from "./gather-grounds.ts";
import { identifyPerson, type Identifying } from "./persons.ts";
import { requestApproval, requestElevation, type ElevationRequest, type TwoPersonRequest } from "./request-grant.ts";
import {
  type AttestationContent,
  GRANT,
  type GrantContent,
  type GrantState,
  stateOf,
  type TeamContent,
} from "./rows.ts";
import { type GrantRules, loadGrantRules } from "./rules.ts";
import { changeTeam, createTeam, listTeams, type TeamChange } from "./teams.ts";

export type { GrantErrorCode } from "./errors.ts";
export type { GrantAlert } from "./context.ts";
export { stateOf } from "./rows.ts";
export type { AttestationContent, GrantContent, GrantState, TeamContent } from "./rows.ts";
export type { GrantRules } from "./rules.ts";

/** All throw GrantError, and AccessError as `access.write` does. */
export interface Grants {
  readonly rules: GrantRules;
  /** For the gate. */
  readonly grounds: GatherGrantGrounds;
  requestElevation(request: ElevationRequest, actor: Authenticated, also?: AlsoWrite): Promise<Uuid>;
  requestApproval(request: TwoPersonRequest, actor: Authenticated, also?: AlsoWrite): Promise<Uuid>;
  decide(deciding: Deciding, actor: Actor, also?: AlsoWrite): Promise<GrantState>;
  end(grantId: Uuid, actor: Actor, also?: AlsoWrite): Promise<GrantState>;
  /** "ended" for one that is not found any more. */
  stateOf(grantId: Uuid): Promise<GrantState>;
  openBreakGlass(opening: Opening, actor: Authenticated, also?: AlsoWrite): Promise<Uuid>;
  reviewBreakGlass(reviewing: Reviewing, actor: Actor, also?: AlsoWrite): Promise<GrantState>;
  /** In force, waiting, or waiting for review. */
  of(principalId: Uuid): Promise<readonly Row<GrantContent>[]>;
  /** Of everybody. The caller checks `grant.list`. */
  list(page: {
    readonly state: "live" | "ended";
    readonly after: Uuid | null;
    readonly limit: number;
  }): Promise<PageOf<GrantContent>>;
  recordTraining(record: TrainingRecord, actor: Actor, also?: AlsoWrite): Promise<Uuid>;
  acknowledgePolicy(policy: string, actor: Authenticated, also?: AlsoWrite): Promise<Uuid>;
  declareConflict(
    declared: { readonly customerId: Uuid; readonly note: string | null },
    actor: Authenticated,
    also?: AlsoWrite,
  ): Promise<Uuid>;
  endAttestation(
    at: { readonly principalId: Uuid; readonly attestationId: Uuid },
    actor: Actor,
    also?: AlsoWrite,
  ): Promise<Uuid>;
  /** The caller checks `attestation.list` for anybody but oneself. */
  attestationsOf(principalId: Uuid): Promise<readonly Row<AttestationContent>[]>;
  /** Says who a principal is, so that nobody decides for themselves as another. */
  identifyPerson(identifying: Identifying, actor: Actor, also?: AlsoWrite): Promise<Uuid>;
  areOnePerson(one: Uuid, other: Uuid): Promise<boolean>;
  /** One person, or one reports to the other: neither judges what the other is involved in. */
  areTied(one: Uuid, other: Uuid): Promise<boolean>;
  createTeam(name: string, actor: Actor, also?: AlsoWrite): Promise<Uuid>;
  changeTeam(change: TeamChange, actor: Actor, also?: AlsoWrite): Promise<Uuid>;
  /** The caller checks `team.list`. */
  listTeams(page: { readonly after: Uuid | null; readonly limit: number }): Promise<PageOf<TeamContent>>;
}

export interface GrantsOptions {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly clock: Clock;
  /** governance/access: grants.yaml, attestations.yaml, step-up.yaml. */
  readonly governanceFolder: string;
  /** How long a second factor is fresh, and how long it counts (sign-in.yaml). */
  readonly factors: Omit<GrantRules["stepUp"], "bulkCustomers">;
  readonly supervisorOf: GrantsContext["supervisorOf"];
  readonly onAlert: (alert: GrantAlert) => void;
}

/** Throws GrantError `bad-governance`. */
export function openGrants({ governanceFolder, factors, ...parts }: GrantsOptions): Grants {
  const rules = loadGrantRules(governanceFolder, parts.access, factors);
  const context: GrantsContext = { ...parts, rules };
  const { authority, database } = parts;
  return {
    rules,
    grounds: createGatherer(context),
    requestElevation: (request, actor, also) => requestElevation(context, request, actor, also),
    requestApproval: (request, actor, also) => requestApproval(context, request, actor, also),
    decide: (deciding, actor, also) => decideGrant(context, deciding, actor, also),
    end: (grantId, actor, also) => endGrant(context, grantId, actor, also),
    areOnePerson: async (one, other) => (await samePersons(authority, database, one, [other])).size > 0,
    areTied: (one, other) => areTied(context, database, one, other),
    stateOf: async (grantId) => {
      const row = await authority.find(database, GRANT, grantLookup(context, grantId));
      return row === null ? "ended" : stateOf(row, context.clock.now());
    },
    openBreakGlass: (opening, actor, also) => openBreakGlass(context, opening, actor, also),
    reviewBreakGlass: (reviewing, actor, also) => reviewBreakGlass(context, reviewing, actor, also),
    of: (principalId) => authority.live(database, GRANT, principalId),
    list: (page) => authority.page(database, GRANT, page),
    recordTraining: (record, actor, also) => recordTraining(context, record, actor, also),
    acknowledgePolicy: (policy, actor, also) => acknowledgePolicy(context, policy, actor, also),
    declareConflict: (declared, actor, also) => declareConflict(context, declared, actor, also),
    endAttestation: (at, actor, also) => endAttestation(context, at, actor, also),
    attestationsOf: (principalId) => attestationsOf(context, principalId),
    identifyPerson: (identifying, actor, also) => identifyPerson(context, identifying, actor, also),
    createTeam: (name, actor, also) => createTeam(context, name, actor, also),
    changeTeam: (change, actor, also) => changeTeam(context, change, actor, also),
    listTeams: (page) => listTeams(context, page),
  };
}
