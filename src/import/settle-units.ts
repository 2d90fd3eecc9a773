// What a feed says of units that exist: closed, reopened, or in another book. Settled before the batch that says so.
import type { Vault } from "../vault/vault.ts";
import { isOlder } from "../vault/vault.ts";
import type { Sender } from "./parts.ts";
import type { BatchPlan } from "./plan-batch.ts";

/** Each is an act of its own: a run that is killed in between finds them settled and goes on. */
export async function settleUnits(
  vault: Pick<Vault, "loadForDecision" | "lastSaid" | "changeUnit">,
  { actor, within }: Sender,
  units: BatchPlan["units"],
): Promise<void> {
  if (units.length === 0) return;
  const customerIds = [...new Set(units.map(({ customerId }) => customerId))];
  const stored = await vault.loadForDecision(customerIds.map((customerId) => ({ customerId })));
  const headers = new Map(
    stored.flatMap((customer) => customer.units.map(({ header }) => [header.unitId, header] as const)),
  );
  for (const { asOf, records, ...change } of units) {
    const header = headers.get(change.unitId);
    if (header === undefined || header.status === "erased") continue;
    // Rows about units outside the sender's scope are refused with the batch.
    if (!within.entities.includes(header.entity) || !within.lines.includes(header.line)) continue;
    const book = change.book ?? header.book;
    if (header.status === change.status && header.book === book) continue;
    if (await saidBefore(vault, { customerId: change.customerId, asOf, records })) continue;
    await vault.changeUnit({ ...change, book }, actor);
  }
}

/** Whether the row is from before what its source said last of one of its records. */
async function saidBefore(
  vault: Pick<Vault, "lastSaid">,
  { customerId, asOf, records }: Pick<BatchPlan["units"][number], "customerId" | "asOf" | "records">,
): Promise<boolean> {
  if (asOf === undefined) return false;
  for (const recordId of records) {
    if (isOlder(asOf, (await vault.lastSaid({ customerId, recordId })) ?? undefined)) return true;
  }
  return false;
}
