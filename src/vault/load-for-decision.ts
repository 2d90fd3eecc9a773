// What the gate decides on, read in as few round trips as there can be, and believed only where MACs and seals are good.
import type { Code, Uuid } from "../kernel/bytes.ts";
import { asCode } from "../kernel/bytes.ts";
import { gathered } from "../kernel/gather.ts";
import type { AuthorityState, Keys } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import { openAuthority } from "./authority.ts";
import type { CustomerRow, KeyedUnitRow, RecordQuery } from "./customer-store.ts";
import { readCustomers, readRecords, readKeyedUnits, readKeyedUnitsAt, readUnitsAfter } from "./customer-store.ts";
import { VaultError } from "./errors.ts";
import { withFurtherUnits } from "./further-units.ts";
import { loadFiles, type CustomerFile, type FileRequest } from "./load-files.ts";
import type { VaultParts } from "./parts.ts";
import type { ReadRecord } from "./record-store.ts";
import { decisionUnit, RECORDS_PAGE_MAX, UNITS_MAX, type DecisionUnit, type StoredRecord } from "./stored-record.ts";
import { assertUnitMac, type UnitHeader } from "./unit-header.ts";
import { unitVerifier } from "./verified-units.ts";

const CUSTOMERS_MAX = 1000;
const HEADERS_PAGE = 1000;

export interface DecisionSubject {
  readonly customerId: Uuid;
  readonly logShard: number;
  /** For the ledger's guard. */
  readonly revision: number;
  readonly act: Uuid;
  readonly state: AuthorityState;
  /** All, in order of id. */
  readonly units: readonly DecisionUnit[];
}

export interface RecordFilter {
  readonly recordTypes?: readonly string[];
  readonly unitId?: Uuid;
  readonly recordId?: Uuid;
  /** Answers records after this id. */
  readonly after?: Uuid;
}

export interface DecisionReader {
  /** In the order asked. Unknown customers are absent. Throws VaultError "forged" when a row about one of them was not written by the vault. */
  loadForDecision(requests: readonly { readonly customerId: Uuid }[]): Promise<DecisionSubject[]>;
  /** In the order asked; null for a customer of whom a unit's row was not written by the vault. For callers that gather by themselves. */
  loadFiles(on: Querier, asked: readonly FileRequest[]): Promise<(CustomerFile | null)[]>;
  /** Up to 200 records a customer and record type, in order of id, each with its unit; none whose unit's row was not written by the vault. */
  loadRecords(customerIds: readonly Uuid[], filter?: RecordFilter): Promise<StoredRecord[]>;
  /** Every unit of the customer, however many. Throws VaultError "forged" where one was not written by the vault. */
  loadHeaders(customerId: Uuid): Promise<UnitHeader[]>;
  /** Null where there is none, or its row was not written by the vault. Erased ones are there until they are swept. */
  loadUnit(place: { readonly customerId: Uuid; readonly unitId: Uuid }): Promise<DecisionUnit | null>;
}

type ReaderKeys = Pick<Keys, "openUnder" | "verifyAuthorityMac">;

/** Concurrent calls are merged: each of the three statements runs once for all requests that arrived together. */
export function openDecisionReader(
  on: Querier,
  keys: ReaderKeys,
  onForged: NonNullable<VaultParts["onForged"]> = () => {},
): DecisionReader {
  const readCustomer = gathered((ids: readonly Uuid[]) => byCustomer(ids, readCustomers(on, ids)));
  const readUnits = gathered((ids: readonly Uuid[]) =>
    byCustomer(ids, readKeyedUnits(on, [...new Set(ids)], UNITS_MAX)),
  );
  const readRecordsOf = gathered((queries: readonly RecordQuery[]) => byOrdinal(on, queries));
  const verify = unitVerifier(keys);
  const unitsOf = async (customerId: Uuid): Promise<DecisionUnit[]> =>
    (await withFurtherUnits(on, await readUnits(customerId))).map((row) => verifiedUnit(verify, row));
  // INVARIANT: entity, line, book and status select the law and the scope; a header without a good MAC selects nothing.
  const believed = (row: KeyedUnitRow): boolean => {
    const good = verify(row);
    if (!good) onForged({ row: "retention-unit", id: row.unitId });
    return good;
  };
  return {
    loadFiles: (reading, asked) => loadFiles(reading, believed, asked),
    loadUnit: async (place) => {
      const [row] = await readKeyedUnitsAt(on, [place]);
      return row !== undefined && believed(row) ? decisionUnit(row) : null;
    },
    loadHeaders: (customerId) => loadHeaders(on, keys, customerId),
    loadForDecision: async (requests) => {
      if (requests.length > CUSTOMERS_MAX)
        throw new VaultError("too-many", `at most ${CUSTOMERS_MAX} customers at once`);
      const loaded = await Promise.all(
        requests.map(async ({ customerId }) => {
          const [customers, units] = await Promise.all([readCustomer(customerId), unitsOf(customerId)]);
          return customers[0] === undefined ? null : subject(keys, customers[0], units);
        }),
      );
      return loaded.filter((one) => one !== null);
    },
    loadRecords: async (customerIds, filter = {}) => {
      const queries = queriesOf(customerIds, filter);
      const [found, units] = await Promise.all([
        Promise.all(queries.map((query) => readRecordsOf(query))),
        Promise.all(customerIds.map((customerId) => readUnits(customerId))),
      ]);
      const records = found.flat();
      return withUnits(believed, records, await unitsOfAll(on, records, units.flat()));
    },
  };
}

async function loadHeaders(
  on: Querier,
  keys: Pick<Keys, "verifyAuthorityMac">,
  customerId: Uuid,
): Promise<UnitHeader[]> {
  const headers: UnitHeader[] = [];
  for (;;) {
    const page = await readUnitsAfter(on, { customerId, after: headers.at(-1)?.unitId ?? null, limit: HEADERS_PAGE });
    headers.push(...page.map((row) => assertUnitMac(keys, row)));
    if (page.length < HEADERS_PAGE) return headers;
  }
}

async function byCustomer<Row extends { readonly customerId: Uuid }>(
  ids: readonly Uuid[],
  reading: Promise<Row[]>,
): Promise<Row[][]> {
  const groups = Map.groupBy(await reading, (row) => row.customerId);
  return ids.map((id) => groups.get(id) ?? []);
}

async function byOrdinal(on: Querier, queries: readonly RecordQuery[]): Promise<ReadRecord[][]> {
  const groups = Map.groupBy(await readRecords(on, queries, RECORDS_PAGE_MAX), (row) => row.ordinal);
  return queries.map((_, at) => groups.get(at + 1) ?? []);
}

function subject(keys: ReaderKeys, row: CustomerRow, units: readonly DecisionUnit[]): DecisionSubject {
  const { customerId, logShard, revision, act } = row;
  return {
    customerId,
    logShard,
    revision,
    act,
    state: openAuthority(keys, row),
    units,
  };
}

type Verify = ReturnType<typeof unitVerifier>;

function verifiedUnit(verify: Verify, row: KeyedUnitRow): DecisionUnit {
  if (!verify(row)) throw new VaultError("forged", "a retention unit was changed behind the vault's back");
  return decisionUnit(row);
}

function queriesOf(customerIds: readonly Uuid[], filter: RecordFilter): RecordQuery[] {
  const types: readonly (Code | null)[] = filter.recordTypes?.map((type) => asCode(type)) ?? [null];
  if (customerIds.length * types.length > CUSTOMERS_MAX)
    throw new VaultError("too-many", `at most ${CUSTOMERS_MAX} readings at once`);
  const { unitId = null, recordId = null, after = null } = filter;
  return customerIds.flatMap((customerId) =>
    types.map((recordType) => ({ customerId, recordType, unitId, recordId, after })),
  );
}

type UnitsByPlace = ReadonlyMap<string, KeyedUnitRow>;

const placeOf = ({ customerId, unitId }: { readonly customerId: Uuid; readonly unitId: Uuid }): string =>
  `${customerId} ${unitId}`;

/** Those read with the customers, and whatever else the records lie in: made a moment later than those were read. */
async function unitsOfAll(
  on: Querier,
  records: readonly ReadRecord[],
  read: readonly KeyedUnitRow[],
): Promise<UnitsByPlace> {
  const units = new Map(read.map((row) => [placeOf(row), row]));
  const missing = new Map(records.filter((row) => !units.has(placeOf(row))).map((row) => [placeOf(row), row]));
  if (missing.size === 0) return units;
  for (const row of await readKeyedUnitsAt(on, [...missing.values()])) units.set(placeOf(row), row);
  return units;
}

/** Verifies each unit once, however many of its records were read. A record without a unit row is left out. */
function withUnits(
  believed: (row: KeyedUnitRow) => boolean,
  records: readonly ReadRecord[],
  rows: UnitsByPlace,
): StoredRecord[] {
  const units = new Map<string, DecisionUnit | null>();
  return records.flatMap((record) => {
    const place = placeOf(record);
    let unit = units.get(place);
    if (unit === undefined) {
      const row = rows.get(place);
      unit = row !== undefined && believed(row) ? decisionUnit(row) : null;
      units.set(place, unit);
    }
    return unit === null ? [] : [{ record, unit }];
  });
}
