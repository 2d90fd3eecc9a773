// What somebody typed, as the vault takes a correction.
import { type Vault, VaultError } from "../vault/vault.ts";

export interface GivenChange {
  readonly record: Extract<ReturnType<Vault["prepare"]>, { readonly ok: true }>["record"];
  readonly remove: readonly string[];
}

/** An empty string takes a field away. Throws VaultError `invalid-field`. */
export function givenChange(
  vault: Pick<Vault, "registry" | "prepare">,
  type: string,
  fields: Readonly<Record<string, string>>,
): GivenChange {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
  const remove = Object.keys(fields).filter((name) => fields[name] === "");
  const schemaVersion = vault.registry.recordType(type)?.version ?? 1;
  const nothing = { recordType: type, schemaVersion, fields: new Map<string, never>(), warnings: [] };
  if (Object.keys(given).length === 0) return { record: nothing, remove };
  return { record: givenRecord(vault, type, given), remove };
}

/** A record that is to be added. Throws VaultError `invalid-field`, `unknown-record-type`. */
export function givenRecord(
  vault: Pick<Vault, "prepare">,
  recordType: string,
  fields: Readonly<Record<string, string>>,
): GivenChange["record"] {
  const prepared = vault.prepare({ recordType, fields });
  if (!prepared.ok) throw new VaultError("invalid-field", "some values were refused", prepared.issues);
  return prepared.record;
}
