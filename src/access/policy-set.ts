// Which policy set is in force: one signed row, moved on by the server when it starts with other policy files.
import { asPublicBytes } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { contentDigest, recordAct } from "./act.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import { policyParts, verifiedPolicySet, type PolicyRow, type PolicySet } from "./policy-row.ts";
import { insertPolicyState, lockPolicyState, selectPolicyState, updatePolicyState } from "./policy-store.ts";
import { requireRight } from "./right.ts";
import type { Within } from "./within.ts";

/** What the high-water mark knows the one row by. */
export const POLICY_ROW_ID = "policy-set";

/** Null before the first activation. Throws AccessError `forged-authority` when the row is forged or rolled back, which is also reported. */
export async function currentPolicySet(context: AccessContext, on: Querier): Promise<PolicySet | null> {
  for (const isLastTry of [false, true]) {
    const row = await selectPolicyState(on);
    const current = row === null ? null : trusted(context, row, isLastTry);
    // A change that committed meanwhile makes a row look rolled back: read once more before saying so.
    if (current !== "older") return current;
  }
  throw new AccessError("forged-authority");
}

/** What comes in force: its digest, and on whose word permits of unconfirmed text are among it. */
export interface ActivatedPolicies {
  readonly digest: Uint8Array;
  readonly signed: readonly Readonly<Record<"policy" | "role" | "date" | "note", string>>[];
}

/** Returns the set in force afterwards; the same digest again changes nothing. Throws AccessError `not-permitted`, `forged-authority`. */
export async function activatePolicySet(
  context: AccessContext,
  within: Within,
  activated: ActivatedPolicies,
): Promise<PolicySet> {
  const { digest, signed } = activated;
  requireRight(context, within.actor, "policy.activate");
  const before = await lockCurrent(context, within.tx);
  if (before !== null && Buffer.compare(before.digest, digest) === 0) return before;
  const after = { digest: asPublicBytes(Buffer.from(digest)), revision: (before?.revision ?? 0) + 1, act: newId() };
  const mac = context.keys.authorityMac(policyParts(after));
  if (before !== null) await updatePolicyState(within.tx, after, mac);
  else if (!(await insertPolicyState(within.tx, after, mac))) return activatePolicySet(context, within, activated);
  await within.also?.(within.tx, []);
  await recordAct(context, within.tx, within.actor, {
    entryId: after.act,
    kind: "policy-set",
    action: "policy.activate",
    written: [
      { row: "policy", id: POLICY_ROW_ID, revision: after.revision, digest: contentDigest(policyParts(after)) },
    ],
    detail: { policySet: Buffer.from(digest).toString("hex"), signed: signed.map((each) => ({ ...each })) },
  });
  return after;
}

async function lockCurrent(context: AccessContext, tx: Transaction): Promise<PolicySet | null> {
  const row = await lockPolicyState(tx);
  if (row === null) return null;
  const current = trusted(context, row, true);
  if (current === "older") throw new AccessError("forged-authority");
  return current;
}

function trusted(context: AccessContext, row: PolicyRow, reports: boolean): PolicySet | "older" {
  const set = verifiedPolicySet(context.keys, row);
  if (set === null) {
    context.report({ code: "forged", row: "policy", id: POLICY_ROW_ID });
    throw new AccessError("forged-authority");
  }
  if (context.seenPolicySets.accepts(POLICY_ROW_ID, set.revision, set.act)) return set;
  if (reports) context.report({ code: "rolled-back", row: "policy", id: POLICY_ROW_ID });
  return "older";
}
