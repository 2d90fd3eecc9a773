// Asks the vault where the keys of a batch lead, before it is planned.
import type { SourceKey, SourceTarget, Vault } from "../vault/vault.ts";
import { keysOfRow, keyText, relationshipKey } from "./plan-batch.ts";
import type { RowDraft } from "./row-draft.ts";

/** Every key that the rows name and the vault knows, by its text. */
export async function readSourcesOf(
  vault: Pick<Vault, "sources">,
  rows: readonly RowDraft[],
): Promise<Map<string, SourceTarget>> {
  const named = await ask(vault, rows.flatMap(keysOfRow));
  // Relationships are known by their customer, who is only known now.
  const relationships = rows.flatMap((row) => {
    const key = row.customer.by === "key" ? row.customer.key : row.customer.unit;
    const customer = named.get(keyText(key));
    const keyless = row.units.filter((unit) => unit.key === null);
    return customer === undefined ? [] : keyless.map((unit) => relationshipKey(customer.customerId, unit));
  });
  return new Map([...named, ...(await ask(vault, relationships))]);
}

async function ask(vault: Pick<Vault, "sources">, keys: readonly SourceKey[]): Promise<Map<string, SourceTarget>> {
  const distinct = [...new Map(keys.map((key) => [keyText(key), key])).values()];
  if (distinct.length === 0) return new Map();
  const targets = await vault.sources(distinct);
  return new Map(distinct.flatMap((key, at) => (targets[at] ? [[keyText(key), targets[at]] as const] : [])));
}
