// What is said between the importing thread and those that seal: text and one block of bytes each way, since cloning maps and many small arrays
// costs more than sealing what is in them.
import { asSealed, asToken, type Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { AeadKey, HashKeys } from "../keys/keys.ts";
import type { SealedRecord, SealJob } from "../vault/vault.ts";

/** To be sent with `secrets.buffer` transferred. */
export interface SealingTask {
  readonly id: number;
  readonly keys: HashKeys;
  /** JSON of the jobs. */
  readonly text: string;
  /** The keys that the jobs name, 32 bytes each. */
  readonly secrets: Uint8Array<ArrayBuffer>;
}

/** To be sent with `bytes.buffer` transferred. */
export interface SealedBatch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Per record: sizes of pack and checks, how many tokens; per token: its index's place in `indexes`, its key's version, its size. */
  readonly numbers: Uint32Array<ArrayBuffer>;
  readonly indexes: readonly string[];
}

/** Place, fields as [name, normalised, given unless the same], keys as [class, place in the list of keys]. */
type WrittenJob = readonly [
  place: readonly [customerId: Uuid, recordId: Uuid, unitId: Uuid, recordType: string, schemaVersion: number],
  fields: readonly (readonly string[])[],
  keys: readonly (readonly [DataClass, number])[],
  asOf: string | null,
];
type WrittenKey = readonly [version: number, algorithm: NonNullable<AeadKey["algorithm"]> | null];
interface WrittenJobs {
  readonly keys: readonly WrittenKey[];
  readonly jobs: readonly WrittenJob[];
}

const KEY_SIZE_BYTES = 32;

export function encodeJobs(jobs: readonly SealJob[]): Pick<SealingTask, "text" | "secrets"> {
  const keys = new Map<AeadKey, number>();
  const placeOf = (key: AeadKey): number => {
    const place = keys.get(key) ?? keys.size;
    keys.set(key, place);
    return place;
  };
  const written = jobs.map(({ place, fields, keys: classes, asOf = null }): WrittenJob => {
    const { customerId, recordId, unitId, recordType, schemaVersion } = place;
    return [
      [customerId, recordId, unitId, recordType, schemaVersion],
      Array.from(fields, ([name, { normalised, given }]) =>
        given === normalised ? [name, normalised] : [name, normalised, given],
      ),
      Array.from(classes, ([dataClass, key]) => [dataClass, placeOf(key)] as const),
      asOf,
    ];
  });
  const secrets = new Uint8Array(keys.size * KEY_SIZE_BYTES);
  for (const [{ key }, place] of keys) secrets.set(key, place * KEY_SIZE_BYTES);
  const writtenKeys = Array.from(keys.keys(), ({ version, algorithm = null }): WrittenKey => [version, algorithm]);
  return { text: JSON.stringify({ keys: writtenKeys, jobs: written } satisfies WrittenJobs), secrets };
}

export function decodeJobs({ text, secrets }: Pick<SealingTask, "text" | "secrets">): SealJob[] {
  const { keys: written, jobs } = JSON.parse(text) as WrittenJobs;
  const keys = written.map(([version, algorithm], at): AeadKey => {
    const key = secrets.subarray(at * KEY_SIZE_BYTES, (at + 1) * KEY_SIZE_BYTES);
    return algorithm === null ? { version, key } : { version, key, algorithm };
  });
  return jobs.map(([[customerId, recordId, unitId, recordType, schemaVersion], fields, classes, asOf]) => ({
    place: { customerId, recordId, unitId, recordType, schemaVersion },
    fields: new Map(
      fields.map(([name = "", normalised = "", given = normalised]) => [name, { normalised, given }] as const),
    ),
    keys: new Map(classes.map(([dataClass, at]) => [dataClass, keys[at]!] as const)),
    ...(asOf === null ? {} : { asOf }),
  }));
}

export function encodeSealed(records: readonly SealedRecord[]): SealedBatch {
  const indexes = new Map<string, number>();
  const numbers: number[] = [];
  let sizeBytes = 0;
  for (const { pack, checks, tokens } of records) {
    numbers.push(pack.length, checks.length, tokens.length);
    sizeBytes += pack.length + checks.length;
    for (const { token, indexName, keyVersion } of tokens) {
      const place = indexes.get(indexName) ?? indexes.size;
      indexes.set(indexName, place);
      numbers.push(place, keyVersion, token.length);
      sizeBytes += token.length;
    }
  }
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const { pack, checks, tokens } of records) {
    for (const part of [pack, checks, ...tokens.map(({ token }) => token)]) {
      bytes.set(part, at);
      at += part.length;
    }
  }
  return { bytes, numbers: Uint32Array.from(numbers), indexes: [...indexes.keys()] };
}

/** `jobs` are those that were sealed, in their order. */
export function decodeSealed({ bytes, numbers, indexes }: SealedBatch, jobs: readonly SealJob[]): SealedRecord[] {
  let at = 0;
  let next = 0;
  const number = (): number => numbers[next++] ?? 0;
  const take = (size: number): Uint8Array => bytes.subarray(at, (at += size));
  return jobs.map(({ place: { customerId, recordId } }) => {
    const [packSize, checksSize, count] = [number(), number(), number()];
    const [pack, checks] = [asSealed(take(packSize)), asSealed(take(checksSize))];
    const tokens = Array.from({ length: count }, () => {
      const [index, keyVersion, size] = [number(), number(), number()];
      return { token: asToken(take(size)), keyVersion, customerId, recordId, indexName: indexes[index] ?? "" };
    });
    return { pack, checks, tokens };
  });
}
