// What the gate decides on, read in as few round trips as there can be, and believed only where MACs and seals are good.
import type { Code, Uuid } from "../kernel/bytes.ts";
import { asCode } from "../kernel/bytes.ts";
import type { AuthorityState, Keys, UnitKeyRow } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import { openAuthority } from "./authority.ts";
import type { CustomerRow, KeyColumns, KeyedUnitRow, RecordQuery, RecordWithUnitRow } from "./customer-store.ts";
import { readCustomers, readKeyedUnits, readRecordsWithUnits } from "./customer-store.ts";
import { VaultError } from "./errors.ts";
import { gathered } from "./gather.ts";
import type { RecordRow } from "./record-store.ts";
import type { UnitHeader } from "./unit-header.ts";
import { unitVerifier } from "./verified-units.ts";

const UNITS_MAX = 200;
export const RECORDS_PAGE_MAX = 200;
const CUSTOMERS_MAX = 1000;

export interface DecisionUnit {
  readonly header: UnitHeader;
  /** Null once the unit's keys are erased. */
  readonly unitKey: UnitKeyRow | null;
}

export interface DecisionSubject {
  readonly customerId: Uuid;
  readonly logShard: number;
  /** For the ledger's guard. */
  readonly revision: number;
  readonly act: Uuid;
  readonly state: AuthorityState;
  /** The first 200, in order of id; `loadRecords` brings each record's own. */
  readonly units: readonly DecisionUnit[];
}

export interface StoredRecord {
  readonly record: RecordRow;
  readonly unit: DecisionUnit;
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
  /** The first 200 units of each customer, in order of id. Throws VaultError "forged". */
  loadUnits(customerIds: readonly Uuid[]): Promise<Map<Uuid, readonly DecisionUnit[]>>;
  /** Up to 200 records a customer and record type, in order of id, each with its unit. Throws VaultError "forged". */
  loadRecords(customerIds: readonly Uuid[], filter?: RecordFilter): Promise<StoredRecord[]>;
}

type ReaderKeys = Pick<Keys, "openUnder" | "verifyAuthorityMac">;

/** Concurrent calls are merged: each of the three statements runs once for all requests that arrived together. */
export function openDecisionReader(on: Querier, keys: ReaderKeys): DecisionReader {
  const readCustomer = gathered((ids: readonly Uuid[]) => byCustomer(ids, readCustomers(on, ids)));
  const readUnits = gathered((ids: readonly Uuid[]) =>
    byCustomer(ids, readKeyedUnits(on, [...new Set(ids)], UNITS_MAX)),
  );
  const readRecords = gathered((queries: readonly RecordQuery[]) => byOrdinal(on, queries));
  const verify = unitVerifier(keys);
  const unitsOf = async (customerId: Uuid): Promise<DecisionUnit[]> =>
    (await readUnits(customerId)).map((row) => decisionUnit(verify, row));
  return {
    loadUnits: async (customerIds) => {
      const units = await Promise.all(customerIds.map(unitsOf));
      return new Map(customerIds.map((customerId, at) => [customerId, units[at] ?? []]));
    },
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
      const found = await Promise.all(queries.map((query) => readRecords(query)));
      return withUnits(verify, found.flat());
    },
  };
}

async function byCustomer<Row extends { readonly customerId: Uuid }>(
  ids: readonly Uuid[],
  reading: Promise<Row[]>,
): Promise<Row[][]> {
  const groups = Map.groupBy(await reading, (row) => row.customerId);
  return ids.map((id) => groups.get(id) ?? []);
}

async function byOrdinal(on: Querier, queries: readonly RecordQuery[]): Promise<RecordWithUnitRow[][]> {
  const groups = Map.groupBy(await readRecordsWithUnits(on, queries, RECORDS_PAGE_MAX), (row) => row.ordinal);
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

function decisionUnit(verify: Verify, row: KeyedUnitRow): DecisionUnit {
  // INVARIANT: entity, line, book and status select the law and the scope; a header without a good MAC selects nothing.
  if (!verify(row)) throw new VaultError("forged", "a retention unit was changed behind the vault's back");
  return { header: row, unitKey: unitKeyOf(row, row) };
}

export function unitKeyOf(
  unit: { readonly customerId: Uuid; readonly unitId: Uuid },
  columns: KeyColumns,
): UnitKeyRow | null {
  const { bucket, bucketVersion, keyPack } = columns;
  if (bucket === null || bucketVersion === null || keyPack === null) return null;
  return { customerId: unit.customerId, unitId: unit.unitId, bucket, bucketVersion, pack: keyPack };
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

/** Verifies each unit once, however many of its records were read. */
function withUnits(verify: Verify, rows: readonly RecordWithUnitRow[]): StoredRecord[] {
  const units = new Map<string, DecisionUnit>();
  return rows.map((row) => {
    const place = `${row.customerId} ${row.unitId}`;
    const known = units.get(place) ?? decisionUnit(verify, unitRowOf(row));
    units.set(place, known);
    return { record: row, unit: known };
  });
}

function unitRowOf(row: RecordWithUnitRow): KeyedUnitRow {
  // A record's columns and its unit's have two names in common.
  return { ...row, revision: row.unitRevision, act: row.unitAct };
}
