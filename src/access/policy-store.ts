// All SQL about the policy set in force.
import type { Token } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { PolicyRow, PolicySet } from "./policy-row.ts";

export async function selectPolicyState(on: Querier): Promise<PolicyRow | null> {
  return (await on.query<PolicyRow>(sql`select digest, revision, act, mac from policy_state where id = 1`))[0] ?? null;
}

export async function lockPolicyState(tx: Transaction): Promise<PolicyRow | null> {
  return (
    (await tx.query<PolicyRow>(sql`select digest, revision, act, mac from policy_state where id = 1 for update`))[0] ??
    null
  );
}

/** False when another process made the row first. */
export async function insertPolicyState(tx: Transaction, set: PolicySet, mac: Token): Promise<boolean> {
  const rows = await tx.query(
    sql`insert into policy_state (id, revision, digest, act, mac)
        values (1, ${set.revision}, ${set.digest}, ${set.act}, ${mac}) on conflict do nothing returning 1 as made`,
  );
  return rows.length === 1;
}

export async function updatePolicyState(tx: Transaction, set: PolicySet, mac: Token): Promise<void> {
  await tx.query(
    sql`update policy_state set revision = ${set.revision}, digest = ${set.digest}, act = ${set.act}, mac = ${mac} where id = 1`,
  );
}
