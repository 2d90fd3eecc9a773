// For `uberrima verify data`: every stored authority row against the ledger's word on what was written last of it.
import type { Uuid } from "../kernel/bytes.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Querier } from "../postgres/database.ts";
import { scanWritten } from "../authority/authority.ts";
import { contentDigest } from "./act.ts";
import { assignmentParts, verifiedAssignment } from "./assignment-row.ts";
import type { AssignmentKey, AuthorityRow } from "./assignment-store.ts";
import type { AuthorityKeys } from "./authority-keys.ts";
import type { AuthorityRowKind } from "./anomaly.ts";
import { readCustomerAuthorities } from "./customer-authority.ts";
import type { CustomerAuthority } from "./customer-state.ts";
import { createHighWater } from "../kernel/high-water.ts";
import { POLICY_ROW_ID } from "./policy-set.ts";
import { policyParts, verifiedPolicySet } from "./policy-row.ts";
import { selectPolicyState } from "./policy-store.ts";
import { principalContent, verifiedPrincipal } from "./principal-row.ts";
import { selectPrincipals } from "./principal-store.ts";
import { keyOfRow, scanAssignments, scanCustomers } from "./scan-store.ts";
import { createVerifiedRows } from "../kernel/verified-rows.ts";
import { rowsOfDetail, type Written, type WrittenRows } from "./written-rows.ts";

export type AuthorityFindingCode =
  /** Its MAC or seal is not ours, or it was copied from another place. */
  | "forged"
  /** The ledger has no act that wrote it. */
  | "act-unknown"
  /** The act says something else of it. */
  | "content-differs"
  /** An older state of it was put back: the ledger has a later act. */
  | "rolled-back"
  /** The ledger wrote it and it is gone. */
  | "missing"
  /** The ledger wrote one of its revisions twice: an older state stood there in between. */
  | "revision-repeats"
  /** A customer's assignments are not those its sealed state was made over. */
  | "assignments-differ";

export interface AuthorityFinding {
  readonly code: AuthorityFindingCode;
  readonly row: AuthorityRowKind;
  readonly id: string;
}

export interface VerifyAuthorityParts {
  readonly database: Querier;
  readonly keys: AuthorityKeys;
  readonly ledger: Pick<Ledger, "entry" | "opening">;
  /** Filled by a walk of the whole ledger just before. It is used up. */
  readonly written: WrittenRows;
}

const ROWS_MAX = 500;

/** Yields each fault as it is found; nothing when all is as the ledger says. */
export async function* verifyAuthority(parts: VerifyAuthorityParts): AsyncGenerator<AuthorityFinding, void, undefined> {
  for (const each of parts.written.repeated()) yield { code: "revision-repeats", ...each };
  yield* verifyPrincipals(parts);
  yield* verifyAssignments(parts);
  yield* verifyPolicySet(parts);
  yield* verifyCustomers(parts);
  for await (const scanned of scanWritten(parts.database, parts.keys)) yield* compare(parts, scanned);
  for (const each of parts.written.left()) yield { code: "missing", ...each };
}

async function* verifyPrincipals(parts: VerifyAuthorityParts): AsyncGenerator<AuthorityFinding, void, undefined> {
  let after: Uuid | null = null;
  for (;;) {
    const page = await selectPrincipals(parts.database, { of: "everyone", after, limit: ROWS_MAX });
    for (const row of page) {
      const principal = verifiedPrincipal(parts.keys, row);
      const stored = principal && { ...principal, digest: contentDigest(principalContent(principal)) };
      yield* compare(parts, { row: "principal", id: row.principal_id, stored });
    }
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.principal_id as Uuid;
  }
}

async function* verifyAssignments(parts: VerifyAuthorityParts): AsyncGenerator<AuthorityFinding, void, undefined> {
  let after: AssignmentKey | null = null;
  for (;;) {
    const page = await scanAssignments(parts.database, after, ROWS_MAX);
    for (const row of page) {
      const assignment = verifiedAssignment(parts.keys, row);
      const stored = assignment && { ...assignment, digest: contentDigest(assignmentParts(assignment)) };
      yield* compare(parts, { row: "assignment", id: row.assignment_id, stored });
    }
    const last = page.at(-1);
    if (last === undefined) return;
    after = keyOfRow(last);
  }
}

async function* verifyPolicySet(parts: VerifyAuthorityParts): AsyncGenerator<AuthorityFinding, void, undefined> {
  const row = await selectPolicyState(parts.database);
  if (row === null) return;
  const set = verifiedPolicySet(parts.keys, row);
  const stored = set && { ...set, digest: contentDigest(policyParts(set)) };
  yield* compare(parts, { row: "policy", id: POLICY_ROW_ID, stored });
}

async function* verifyCustomers(parts: VerifyAuthorityParts): AsyncGenerator<AuthorityFinding, void, undefined> {
  let after: Uuid | null = null;
  for (;;) {
    const page = await scanCustomers(parts.database, after, ROWS_MAX);
    const ids = page.map(({ customerId }) => customerId);
    // The ledger judges what is older here, and it judges all processes.
    const quiet = {
      keys: parts.keys,
      seenCustomers: createHighWater(ROWS_MAX),
      verifiedCustomers: createVerifiedRows<AuthorityRow, CustomerAuthority>(0),
      report: () => {},
    };
    for (const customer of (await readCustomerAuthorities(quiet, parts.database, ids)).values()) {
      const { customerId: id, state, open } = customer;
      yield* compare(parts, { row: "customer", id, stored: state === null ? null : { ...customer, digest: null } });
      if (state !== null && open === null) yield { code: "assignments-differ", row: "customer", id };
    }
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

interface Stored {
  readonly row: AuthorityRowKind;
  readonly id: string;
  /** Null when the row does not verify. */
  readonly stored: Written | null;
}

async function* compare(
  parts: VerifyAuthorityParts,
  { row, id, stored }: Stored,
): AsyncGenerator<AuthorityFinding, void, undefined> {
  const last = parts.written.take(row, id);
  if (stored === null) return yield { code: "forged", row, id };
  const written = last?.act === stored.act ? last : await writtenSince(parts, { row, id, stored });
  if (written === null) {
    yield { code: last !== null && stored.revision < last.revision ? "rolled-back" : "act-unknown", row, id };
  } else if (written.revision !== stored.revision || written.digest !== stored.digest) {
    yield { code: "content-differs", row, id };
  }
}

/** The act's word on the row when it was sequenced after the walk of the ledger had passed; null when it was not. */
async function writtenSince(
  { ledger, written }: VerifyAuthorityParts,
  { row, id, stored }: Stored,
): Promise<Written | null> {
  const act = stored?.act;
  const entry = act && (await ledger.entry(act, "cleared"));
  if (!entry || entry.index <= written.lastIndex()) return null;
  const opening = await ledger.opening(entry.entryId, "cleared");
  const found = opening && rowsOfDetail(opening.detail).find((each) => each.row === row && each.id === id);
  return found ? { ...found, act: entry.entryId } : null;
}
