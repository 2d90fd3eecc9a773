// For attacks: the token tables of an insurer as a reader of its database sees them, made by the code that makes them in earnest.
import { randomBytes } from "node:crypto";
import type { Uuid } from "../../../src/kernel/bytes.ts";
import { newId } from "../../../src/kernel/ids.ts";
import { openHashKeys } from "../../../src/keys/keyed-hashes.ts";
import { prepareRecordOrThrow } from "../../../src/vault/prepare-record.ts";
import { indexCheck, tokensOf } from "../../../src/vault/seal-record.ts";
import type { Registry } from "../../../src/vault/schema/registry.ts";
import type { Insured } from "./test-population.ts";

/** A row of search_token. The index's name stands in it, and with it the record's type. */
export interface TokenSeen {
  readonly indexName: string;
  readonly token: string;
  readonly recordId: Uuid;
  readonly customerId: Uuid;
}

export interface IndexTables {
  /** In the order of customers' ids, which are random. */
  readonly rows: readonly TokenSeen[];
  /** What no reader sees, to judge guesses by. */
  readonly truth: ReadonlyMap<Uuid, Insured>;
}

const CONTEXT = { country: "US", currency: "USD" } as const;

export function indexTables(registry: Registry, people: readonly Insured[]): IndexTables {
  const keys = openHashKeys({ base: randomBytes(32), index: { version: 1, raw: randomBytes(32) } });
  const truth = new Map(people.map((person) => [newId(), person]));
  const rows = [...truth].flatMap(([customerId, person]) =>
    recordsOf(person).flatMap(([recordType, fields]) => {
      const prepared = prepareRecordOrThrow(registry, { recordType, fields, context: CONTEXT });
      const values = Object.fromEntries([...prepared.fields].map(([name, { normalised }]) => [name, normalised]));
      const checks = registry.indexes(recordType).map((index) => indexCheck(keys, index, values));
      return tokensOf({ registry, keys }, { customerId, recordId: newId() }, checks).map((row) => ({
        indexName: row.indexName,
        token: Buffer.from(row.token).toString("latin1"),
        recordId: row.recordId,
        customerId,
      }));
    }),
  );
  return { rows: rows.toSorted((left, right) => (left.customerId < right.customerId ? -1 : 1)), truth };
}

function recordsOf(person: Insured): [string, Record<string, string>][] {
  return [
    ["person", { "first-name": person.first, "last-name": person.last, "birth-date": person.born }],
    ["contact", { phone: person.phone, email: person.email }],
    ["address", { line1: person.street, postcode: person.postcode, country: "US" }],
    ["government-id", { ssn: person.ssn, "holder-last-name": person.last }],
  ];
}
