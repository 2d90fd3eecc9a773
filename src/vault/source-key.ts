// The keys by which other systems know customers, policies and claims: kept as keyed digests only.
import type { Token, Uuid } from "../kernel/bytes.ts";
import { equalConstantTime } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { VaultError } from "./errors.ts";
import type { FieldValue } from "./field-value.ts";
import type { CoverKeys, SourceRow } from "./source-store.ts";
import { readSources, upsertSources } from "./source-store.ts";

/** For instance system "life", kind "policy", key "10009854". */
export interface SourceKey {
  readonly system: string;
  readonly kind: string;
  readonly key: string;
}

/** Where a source key leads: a customer, a unit of theirs, or a record in it. */
export interface SourceTarget {
  readonly customerId: Uuid;
  readonly unitId: Uuid | null;
  readonly recordId: Uuid | null;
  readonly content: Token | null;
}

type SourceKeys = Pick<Keys, "keyedDigest" | "digestCovers" | "authorityMac" | "verifyAuthorityMac">;

export function sourceToken(keys: Pick<Keys, "keyedDigest">, source: SourceKey): Token {
  return keys.keyedDigest("source-key", source.system, source.kind, source.key);
}

/**
 * Digest of everything a source said about one record, as it said it, so that saying it again is known as nothing new. Bound to the record, so that
 * a reader of the database cannot tell that two sources said the same.
 */
export function contentDigest(
  keys: Pick<Keys, "keyedDigest">,
  recordId: Uuid,
  fields: ReadonlyMap<string, FieldValue>,
): Token {
  const names = [...fields.keys()].toSorted();
  return keys.keyedDigest(
    "source-content",
    recordId,
    ...names.flatMap((name) => [name, fields.get(name)?.given ?? ""]),
  );
}

/** Whether the source said just this the last time. */
export function isUnchanged(
  keys: Pick<Keys, "keyedDigest">,
  { recordId, content }: SourceTarget,
  fields: ReadonlyMap<string, FieldValue>,
): boolean {
  return recordId !== null && content !== null && equalConstantTime(content, contentDigest(keys, recordId, fields));
}

export function sourceRow(keys: Pick<Keys, "authorityMac">, token: Token, target: SourceTarget): SourceRow {
  const { customerId, unitId, recordId, content } = target;
  return { token, customerId, unitId, recordId, content, mac: keys.authorityMac(macParts(token, target)) };
}

/** Throws VaultError "duplicate-source" when one of the keys already leads elsewhere. */
export async function writeSources(tx: Transaction, keys: CoverKeys, rows: readonly SourceRow[]): Promise<void> {
  // One batch may say the same thing twice, as when two policies name their customer.
  const names = rows.map((row) => hex(row.token));
  const distinct = new Map(rows.map((row, at) => [names[at], row]));
  const sayTheSame =
    distinct.size === rows.length ||
    rows.every((row, at) => Buffer.compare(distinct.get(names[at])?.mac ?? row.mac, row.mac) === 0);
  if (!sayTheSame || !(await upsertSources(tx, keys, [...distinct.values()]))) {
    throw new VaultError("duplicate-source", "a source key already leads to another customer, unit or record");
  }
}

/** Where each source key leads; null where it is not known. Throws VaultError "forged" on a row that the vault did not write. */
export async function findSources(
  on: Querier,
  keys: SourceKeys,
  sources: readonly SourceKey[],
): Promise<(SourceTarget | null)[]> {
  const tokens = sources.map((source) => sourceToken(keys, source));
  const rows = await readSources(on, keys, tokens);
  const byToken = new Map(rows.map((row) => [hex(row.token), row]));
  return tokens.map((token) => {
    const row = byToken.size === 0 ? undefined : byToken.get(hex(token));
    if (row === undefined) return null;
    if (!hasGoodSourceMac(keys, row)) {
      // INVARIANT: an import never follows a row that could have been put there to lead it to another customer.
      throw new VaultError("forged", "a source key was changed behind the vault's back");
    }
    return { customerId: row.customerId, unitId: row.unitId, recordId: row.recordId, content: row.content };
  });
}

export function hasGoodSourceMac(keys: Pick<Keys, "verifyAuthorityMac">, row: SourceRow): boolean {
  return keys.verifyAuthorityMac(row.mac, macParts(row.token, row));
}

/** What a row says, and its MAC covers. */
export function macParts(token: Token, target: SourceTarget): (string | Uint8Array)[] {
  return ["source-key", token, target.customerId, target.unitId ?? "", target.recordId ?? "", target.content ?? ""];
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
