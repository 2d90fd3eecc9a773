// Reads what is known of customers' authority: flags, status and assignments, believed only where seal, MACs and digest agree.
import { asId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { assignmentsDigest, isAssignmentInForce, verifiedAssignment, type StoredAssignment } from "./assignment-row.ts";
import { type AuthorityRow, type CustomerRow, selectAuthorities } from "./assignment-store.ts";
import type { AccessContext } from "./context.ts";
import { openCustomerState, type CustomerAuthority } from "./customer-state.ts";
import { AccessError } from "./errors.ts";

/** Customers in one call. */
const CUSTOMERS_MAX = 1000;

type ReadContext = Pick<AccessContext, "keys" | "seenCustomers" | "verifiedCustomers" | "report">;

/** Begun whenever the authority of these customers has been asked for, so that on one connection what it reads is read after it. */
export type Alongside = (customerIds: readonly Uuid[]) => Promise<void>;

/** Customers that do not exist are absent. Throws AccessError `too-many` above 1,000. */
export async function readCustomerAuthorities(
  context: ReadContext,
  on: Querier,
  customerIds: readonly Uuid[],
  alongside?: Alongside,
): Promise<Map<Uuid, CustomerAuthority>> {
  if (customerIds.length > CUSTOMERS_MAX) throw new AccessError("too-many");
  const found = new Map<Uuid, CustomerAuthority>();
  const older = await collect({ context, on, alongside }, customerIds, found);
  // A change that committed while rows were on their way makes them look rolled back: read those once more before saying so.
  const stillOlder = older.length === 0 ? [] : await collect({ context, on, alongside }, older, found);
  for (const customerId of stillOlder) {
    context.report({ code: "rolled-back", row: "customer", id: customerId });
    const { revision, act } = found.get(customerId) ?? { revision: 0, act: customerId };
    found.set(customerId, { customerId, revision, act, state: null, open: null });
  }
  return found;
}

/** The state alone, from a row that another statement read beside its own. Null, without a word of it, where it is to be read again by itself. */
export function believedState(
  { keys, seenCustomers }: Pick<ReadContext, "keys" | "seenCustomers">,
  row: CustomerRow,
): CustomerAuthority["state"] {
  const place = { customerId: asId(row.customer_id), revision: row.customer_revision, act: asId(row.customer_act) };
  const state = openCustomerState(keys, place, row.authority);
  return state !== null && seenCustomers.accepts(place.customerId, place.revision, place.act) ? state : null;
}

/** The assignments in force at `now`, a customer; an unknown customer and one whose assignments do not verify have none. */
export function assignmentsInForce(authority: CustomerAuthority | undefined, now: Date): StoredAssignment[] {
  return (authority?.open ?? []).filter((assignment) => isAssignmentInForce(assignment, now));
}

interface Collecting {
  readonly context: ReadContext;
  readonly on: Querier;
  readonly alongside: Alongside | undefined;
}

async function collect(
  { context, on, alongside }: Collecting,
  customerIds: readonly Uuid[],
  into: Map<Uuid, CustomerAuthority>,
): Promise<Uuid[]> {
  const older: Uuid[] = [];
  const [all] = await Promise.all([selectAuthorities(on, customerIds), alongside?.(customerIds)]);
  for (const rows of byCustomer(all).values()) {
    const id = rows[0].customer_id;
    const authority = context.verifiedCustomers.recall(id, rows) ?? verified(context, rows);
    into.set(authority.customerId, authority);
    const { customerId, revision, act, state } = authority;
    if (state !== null && !context.seenCustomers.accepts(customerId, revision, act)) older.push(customerId);
  }
  return older;
}

function byCustomer(rows: readonly AuthorityRow[]): Map<string, [AuthorityRow, ...AuthorityRow[]]> {
  const groups = new Map<string, [AuthorityRow, ...AuthorityRow[]]>();
  for (const row of rows) {
    const group = groups.get(row.customer_id);
    if (group === undefined) groups.set(row.customer_id, [row]);
    else group.push(row);
  }
  return groups;
}

function verified(context: ReadContext, rows: readonly [AuthorityRow, ...AuthorityRow[]]): CustomerAuthority {
  const customer = {
    customerId: asId(rows[0].customer_id),
    revision: rows[0].customer_revision,
    act: asId(rows[0].customer_act),
  };
  const state = openCustomerState(context.keys, customer, rows[0].authority);
  if (state === null) {
    context.report({ code: "forged", row: "customer", id: customer.customerId });
    return { ...customer, state: null, open: null };
  }
  const open = verifiedAssignments(context, rows);
  const intact = open !== null && assignmentsDigest(open) === state.assignmentsDigest;
  if (!intact) context.report({ code: "assignments-differ", row: "customer", id: customer.customerId });
  if (!intact) return { ...customer, state, open: null };
  const authority = { ...customer, state, open };
  context.verifiedCustomers.remember(customer.customerId, rows, authority);
  return authority;
}

function verifiedAssignments(context: ReadContext, rows: readonly AuthorityRow[]): StoredAssignment[] | null {
  const open: StoredAssignment[] = [];
  let allVerify = true;
  for (const row of rows) {
    if (row.assignment_id === null) continue;
    const assignment = verifiedAssignment(context.keys, row);
    if (assignment !== null) open.push(assignment);
    else {
      allVerify = false;
      context.report({ code: "forged", row: "assignment", id: row.assignment_id });
    }
  }
  return allVerify ? open : null;
}
