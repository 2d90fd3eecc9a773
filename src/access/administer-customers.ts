// What can be done to, and read of, customers' authority, each wired to its verb, its transaction and the entry of a refusal.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import type { Assignment } from "./assignment-row.ts";
import { type AssignmentKey, holdCustomers } from "./assignment-store.ts";
import type { AccessContext } from "./context.ts";
import { assignAlong, type AssignedAlong, createAssignments, type AssignmentRequest } from "./create-assignments.ts";
import { assignmentsInForce, readCustomerAuthorities, type Alongside } from "./customer-authority.ts";
import type { CustomerAuthority } from "./customer-state.ts";
import { endAssignments } from "./end-assignments.ts";
import { type CustomerEnd, endCustomer, type EndedCustomer } from "./end-customer.ts";
import { enrolCustomer } from "./enrol-customer.ts";
import { gatherReads } from "./gather-reads.ts";
import { endFlag, setFlag, type FlagRequest } from "./flags.ts";
import { listAssigned, type AssignmentPage } from "./list-assignments.ts";
import { perform } from "./perform.ts";
import type { Actor } from "./principal.ts";
import type { AlsoWrite } from "./within.ts";

export interface CustomerAdministration {
  /** Called when a customer has signed in: gives them the principal they ask as. */
  enrolCustomer(customerId: Uuid, actor: Actor): Promise<Uuid>;
  /** One part of the act that erases them, under their lock: see `endCustomer`. Throws AccessError `forged-authority`. */
  endCustomer(tx: Transaction, end: CustomerEnd): Promise<EndedCustomer | null>;
  createAssignments(requests: readonly AssignmentRequest[], actor: Actor, also?: AlsoWrite): Promise<Uuid[]>;
  /** A new claim into the hands of those who take first notices, as one part of the act that makes it. */
  assignFirstNotice(
    request: Omit<AssignmentRequest, "assigneeId" | "kind">,
    within: { readonly tx: Transaction; readonly actor: Actor; readonly act: Uuid; readonly teamId: Uuid },
  ): Promise<AssignedAlong>;
  endAssignments(keys: readonly AssignmentKey[], actor: Actor, also?: AlsoWrite): Promise<void>;
  setFlag(request: FlagRequest, actor: Actor, also?: AlsoWrite): Promise<Uuid>;
  endFlag(target: { readonly customerId: Uuid; readonly flagId: Uuid }, actor: Actor, also?: AlsoWrite): Promise<void>;
  /** State, flags and assignments as they verify, in one query. Unknown customers are absent. Concurrent calls are merged, unless they name a connection. */
  authoritiesOf(
    customerIds: readonly Uuid[],
    on?: Querier,
    alongside?: Alongside,
  ): Promise<Map<Uuid, CustomerAuthority>>;
  /**
   * Their revisions, which nobody moves until the transaction ends: for what leaves on the strength of a decision taken just before. Call it before anything
   * else is locked.
   */
  holdCustomers(tx: Transaction, customerIds: readonly Uuid[]): Promise<ReadonlyMap<string, number>>;
  /** The assignments in force now, for every customer asked about. */
  assignmentsFor(customerIds: readonly Uuid[], on?: Querier): Promise<Map<Uuid, readonly Assignment[]>>;
  /** The caller checks `assignment.list` unless the assignees are the asker and its groups. */
  listAssigned(
    assigneeIds: readonly Uuid[],
    page: { readonly after: AssignmentKey | null; readonly limit: number },
  ): Promise<AssignmentPage>;
}

export function customerAdministration(context: AccessContext): CustomerAdministration {
  const { database } = context;
  const gathered = gatherReads((ids) => readCustomerAuthorities(context, database, ids));
  const read: CustomerAdministration["authoritiesOf"] = (ids, on, alongside) =>
    on === undefined ? gathered(ids) : readCustomerAuthorities(context, on, ids, alongside);
  return {
    enrolCustomer: (customerId, actor) =>
      perform(context, { kind: "principal", action: "customer.enrol", actor, targets: [] }, (within) =>
        enrolCustomer(context, within, customerId),
      ),
    endCustomer: (tx, end) => endCustomer(context, tx, end),
    createAssignments: (requests, actor, also) => {
      const targets = requests.map(({ customerId }) => customerId);
      const withheld = requests.some(({ kind }) => kind === "investigation");
      return perform(
        context,
        { kind: "assignment", action: "assignment.create", actor, targets, withheld, also },
        (within) => createAssignments(context, within, requests),
      );
    },
    assignFirstNotice: (request, { act, teamId, ...within }) =>
      assignAlong(context, within, {
        act,
        action: "first-notice.take",
        request: { ...request, kind: "claim", assigneeId: teamId },
      }),
    endAssignments: (keys, actor, also) => {
      const targets = keys.map(({ customerId }) => customerId);
      return perform(context, { kind: "assignment", action: "assignment.end", actor, targets, also }, (within) =>
        endAssignments(context, within, keys),
      );
    },
    setFlag: (request, actor, also) =>
      perform(context, { kind: "flag", action: "flag.set", actor, targets: [request.customerId], also }, (within) =>
        setFlag(context, within, request),
      ),
    endFlag: (target, actor, also) =>
      perform(context, { kind: "flag", action: "flag.end", actor, targets: [target.customerId], also }, (within) =>
        endFlag(context, within, target),
      ),
    authoritiesOf: read,
    holdCustomers,
    assignmentsFor: async (customerIds, on) => {
      const authorities = await read(customerIds, on);
      const now = context.clock.now();
      return new Map(customerIds.map((id) => [id, assignmentsInForce(authorities.get(id), now)]));
    },
    listAssigned: (assigneeIds, page) => listAssigned(context, database, assigneeIds, page),
  };
}
