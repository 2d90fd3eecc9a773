// After the authority key was rotated: signs and seals stored authority anew, batch by batch, without changing what it says or its revision.
import { renewRows, type RowsCursor } from "../authority/authority.ts";
import { utf8, type Uuid } from "../kernel/bytes.ts";
import { versionOf, versionOfMac } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import { assignmentParts, verifiedAssignment } from "./assignment-row.ts";
import { lockCustomers, putAssignments, updateCustomers, type AssignmentKey } from "./assignment-store.ts";
import type { AccessContext } from "./context.ts";
import { readCustomerAuthorities } from "./customer-authority.ts";
import { sealCustomerState } from "./customer-state.ts";
import { policyParts, verifiedPolicySet } from "./policy-row.ts";
import { lockPolicyState, updatePolicyState } from "./policy-store.ts";
import { openName, principalParts, sealName } from "./principal-row.ts";
import { lockPrincipal, selectPrincipals, updatePrincipal } from "./principal-store.ts";
import { lockedPrincipal } from "./read-principal.ts";
import { keyOfRow, reselectAssignments, scanAssignments, scanCustomers } from "./scan-store.ts";

/** Where a renewal stands; start with `null`. */
export type RenewalCursor =
  | { readonly at: "principals"; readonly after: Uuid | null }
  | { readonly at: "assignments"; readonly after: AssignmentKey | null }
  | { readonly at: "customers"; readonly after: Uuid | null }
  | { readonly at: "granted"; readonly after: RowsCursor | null };

export interface Renewal {
  /** Null when everything has been gone through. */
  readonly next: RenewalCursor | null;
  readonly renewed: number;
  /** Rows that do not verify; they are reported, left as they are, and keep the old key from being destroyed. */
  readonly unverified: number;
}

const ROWS_MAX = 500;

/** Goes through up to 500 rows in one transaction. Rows already under the newest key are not written. */
export async function renewBatch(context: AccessContext, cursor: RenewalCursor | null): Promise<Renewal> {
  const from = cursor ?? { at: "principals", after: null };
  return context.database.transaction(async (tx) => {
    if (from.at === "principals") return renewPrincipals(context, tx, from.after);
    if (from.at === "assignments") return renewAssignments(context, tx, from.after);
    if (from.at === "granted") return renewGranted(context, tx, from.after);
    return renewCustomers(context, tx, from.after);
  });
}

async function renewPrincipals(context: AccessContext, tx: Transaction, after: Uuid | null): Promise<Renewal> {
  const policy = after === null ? await renewPolicySet(context, tx) : NOTHING;
  const page = await selectPrincipals(tx, { of: "everyone", after, limit: ROWS_MAX });
  const newest = newestSealVersion(context);
  const tally = { ...policy };
  for (const { principal_id } of page) {
    const row = await lockPrincipal(tx, principal_id as Uuid);
    const principal = row === null ? null : lockedPrincipal(context, row);
    if (row === null || principal === null) {
      tally.unverified += 1;
    } else if (isOldMac(context, row.mac) || versionOf(principal.name) !== newest) {
      const renewed = {
        ...principal,
        name: sealName(context.keys, principal.principalId, openName(context.keys, principal)),
      };
      await updatePrincipal(tx, renewed, context.keys.authorityMac(principalParts(renewed)));
      tally.renewed += 1;
    }
  }
  const last = page.length === ROWS_MAX ? page.at(-1) : undefined;
  const next: RenewalCursor = last
    ? { at: "principals", after: last.principal_id as Uuid }
    : { at: "assignments", after: null };
  return { ...tally, next };
}

const NOTHING = { renewed: 0, unverified: 0 };

async function renewPolicySet(context: AccessContext, tx: Transaction): Promise<typeof NOTHING> {
  const row = await lockPolicyState(tx);
  if (row === null) return NOTHING;
  const set = verifiedPolicySet(context.keys, row);
  if (set === null) return { renewed: 0, unverified: 1 };
  if (!isOldMac(context, row.mac)) return NOTHING;
  await updatePolicyState(tx, set, context.keys.authorityMac(policyParts(set)));
  return { renewed: 1, unverified: 0 };
}

async function renewAssignments(
  context: AccessContext,
  tx: Transaction,
  after: AssignmentKey | null,
): Promise<Renewal> {
  const page = await scanAssignments(tx, after, ROWS_MAX);
  const old = page.filter((row) => isOldMac(context, row.mac)).map(keyOfRow);
  // Whoever changes an assignment holds its customer's lock, so with that lock the row read again is the newest.
  await lockCustomers(tx, [...new Set(old.map(({ customerId }) => customerId))].sort());
  const rows = await reselectAssignments(tx, old);
  const verified = rows.map((row) => verifiedAssignment(context.keys, row)).filter((each) => each !== null);
  await putAssignments(
    tx,
    verified.map((assignment) => ({ assignment, mac: context.keys.authorityMac(assignmentParts(assignment)) })),
  );
  const last = page.length === ROWS_MAX ? page.at(-1) : undefined;
  return {
    renewed: verified.length,
    unverified: rows.length - verified.length,
    next: last ? { at: "assignments", after: keyOfRow(last) } : { at: "customers", after: null },
  };
}

async function renewCustomers(context: AccessContext, tx: Transaction, after: Uuid | null): Promise<Renewal> {
  const page = await scanCustomers(tx, after, ROWS_MAX);
  const newest = newestSealVersion(context);
  const old = page.filter(({ keyVersion }) => keyVersion !== newest).map(({ customerId }) => customerId);
  await lockCustomers(tx, old);
  const authorities = [...(await readCustomerAuthorities(context, tx, old)).values()];
  const updates = authorities.flatMap(({ state, open: _open, ...place }) =>
    state === null ? [] : [{ ...place, authority: sealCustomerState(context.keys, place, state) }],
  );
  await updateCustomers(tx, updates);
  return {
    renewed: updates.length,
    unverified: authorities.length - updates.length,
    next:
      page.length === ROWS_MAX
        ? { at: "customers", after: page.at(-1)?.customerId ?? null }
        : { at: "granted", after: null },
  };
}

async function renewGranted(context: AccessContext, tx: Transaction, after: RowsCursor | null): Promise<Renewal> {
  const newest = newestSealVersion(context);
  const { next, ...tally } = await renewRows(context.keys, tx, after, (sealed) => versionOf(sealed) === newest);
  return { ...tally, next: next === null ? null : { at: "granted", after: next } };
}

function isOldMac(context: AccessContext, mac: Uint8Array): boolean {
  return versionOfMac(mac) !== versionOfMac(context.keys.authorityMac(["uberrima/newest-version"]));
}

function newestSealVersion(context: AccessContext): number {
  return versionOf(context.keys.sealUnder("authority", new Uint8Array(0), utf8("uberrima/newest-version")));
}
