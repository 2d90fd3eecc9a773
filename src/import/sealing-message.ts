// What is said between the importing thread and those that seal: one list of texts, one of numbers and one block of bytes, since cloning maps and
// many small arrays costs more than sealing what is in them.
import { asSealed, asToken, type Uuid } from "../kernel/bytes.ts";
import { DATA_CLASSES, type DataClass } from "../kernel/vocabulary.ts";
import type { AeadKey, HashKeys } from "../keys/keys.ts";
import type { SealedRecord, SealJob } from "../vault/vault.ts";

/** To be sent with the buffers of `numbers` and `secrets` transferred. */
export interface SealingTask extends WrittenJobs {
  readonly id: number;
  readonly keys: HashKeys;
}

interface WrittenJobs {
  /** Per job: customer, record, unit, type, time of the source or nothing; per field: its value, and as given where that is another. */
  readonly texts: readonly string[];
  /** Names of fields, each once. */
  readonly names: readonly string[];
  /** Where records come from, each once: an import has one. */
  readonly origins: readonly string[];
  /** Per job: schema version, place of its origin, how many fields, how many keys; per field: twice its name's place, one more when given in another form; per key: class, place. */
  readonly numbers: Uint32Array<ArrayBuffer>;
  readonly keysOf: readonly WrittenKey[];
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

type WrittenKey = readonly [version: number, algorithm: NonNullable<AeadKey["algorithm"]> | null];

const KEY_SIZE_BYTES = 32;

export function encodeJobs(jobs: readonly SealJob[]): WrittenJobs {
  const keys = new Places<AeadKey>();
  const names = new Places<string>();
  const origins = new Places<string>();
  const texts: string[] = [];
  const numbers: number[] = [];
  for (const { place, fields, keys: classes, asOf = "", origin = "" } of jobs) {
    texts.push(place.customerId, place.recordId, place.unitId, place.recordType, asOf);
    numbers.push(place.schemaVersion, origins.of(origin), fields.size, classes.size);
    for (const [name, { normalised, given }] of fields) {
      const isSame = given === normalised;
      numbers.push(names.of(name) * 2 + (isSame ? 0 : 1));
      texts.push(normalised);
      if (!isSame) texts.push(given);
    }
    for (const [dataClass, key] of classes) numbers.push(DATA_CLASSES.indexOf(dataClass), keys.of(key));
  }
  const all = keys.inOrder();
  const secrets = new Uint8Array(all.length * KEY_SIZE_BYTES);
  all.forEach(({ key }, at) => secrets.set(key, at * KEY_SIZE_BYTES));
  const keysOf = all.map(({ version, algorithm = null }): WrittenKey => [version, algorithm]);
  return {
    texts,
    names: names.inOrder(),
    origins: origins.inOrder(),
    numbers: Uint32Array.from(numbers),
    keysOf,
    secrets,
  };
}

export function decodeJobs({ texts, names, origins, numbers, keysOf, secrets }: WrittenJobs): SealJob[] {
  const keys = keysOf.map(([version, algorithm], at): AeadKey => {
    const key = secrets.subarray(at * KEY_SIZE_BYTES, (at + 1) * KEY_SIZE_BYTES);
    return algorithm === null ? { version, key } : { version, key, algorithm };
  });
  let [nextText, nextNumber] = [0, 0];
  const text = (): string => texts[nextText++]!;
  const number = (): number => numbers[nextNumber++]!;
  const jobs: SealJob[] = [];
  while (nextNumber < numbers.length) {
    const [customerId, recordId, unitId] = [text() as Uuid, text() as Uuid, text() as Uuid];
    const [recordType, asOf] = [text(), text()];
    const [schemaVersion, origin] = [number(), origins[number()]!];
    const [fieldCount, keyCount] = [number(), number()];
    const fields = new Map<string, { normalised: string; given: string }>();
    for (let left = fieldCount; left > 0; left -= 1) {
      const field = number();
      const normalised = text();
      fields.set(names[field >> 1]!, { normalised, given: field % 2 === 0 ? normalised : text() });
    }
    const classes = new Map<DataClass, AeadKey>();
    for (let left = keyCount; left > 0; left -= 1) classes.set(DATA_CLASSES[number()]!, keys[number()]!);
    const place = { customerId, recordId, unitId, recordType, schemaVersion };
    jobs.push({ place, fields, keys: classes, ...(asOf === "" ? {} : { asOf }), ...(origin === "" ? {} : { origin }) });
  }
  return jobs;
}

/** Numbers things in the order in which they are first met. */
class Places<Thing> {
  readonly #places = new Map<Thing, number>();

  of(thing: Thing): number {
    const place = this.#places.get(thing) ?? this.#places.size;
    if (place === this.#places.size) this.#places.set(thing, place);
    return place;
  }

  inOrder(): Thing[] {
    return [...this.#places.keys()];
  }
}

export function encodeSealed(records: readonly SealedRecord[]): SealedBatch {
  const indexes = new Places<string>();
  const numbers: number[] = [];
  let sizeBytes = 0;
  for (const { pack, checks, tokens } of records) {
    numbers.push(pack.length, checks.length, tokens.length);
    sizeBytes += pack.length + checks.length;
    for (const { token, indexName, keyVersion } of tokens) {
      numbers.push(indexes.of(indexName), keyVersion, token.length);
      sizeBytes += token.length;
    }
  }
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const { pack, checks, tokens } of records) {
    bytes.set(pack, at);
    bytes.set(checks, at + pack.length);
    at += pack.length + checks.length;
    for (const { token } of tokens) {
      bytes.set(token, at);
      at += token.length;
    }
  }
  return { bytes, numbers: Uint32Array.from(numbers), indexes: indexes.inOrder() };
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
