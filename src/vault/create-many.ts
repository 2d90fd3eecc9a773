// Writes many customers, units and records with a few statements: what an import does all day, and a single `create` once.
import type { Uuid } from "../kernel/bytes.ts";
import type { Transaction } from "../postgres/database.ts";
import { customerWrite, newCustomerRow } from "./authority.ts";
import { insertCustomers } from "./customer-store.ts";
import type { CustomerDraft } from "./drafts.ts";
import { assertDrafts } from "./drafts.ts";
import type { VaultParts } from "./parts.ts";
import { classesOf } from "./prepare-record.ts";
import type { PlannedUnit } from "./plan-units.ts";
import { planUnits, writeKeysOf } from "./plan-units.ts";
import type { RecordRow } from "./record-store.ts";
import { insertRecords } from "./record-store.ts";
import type { ClassKeys, SealedRecord, SealJob } from "./seal-record.ts";
import { CHECKS_CLASS, sealRecords } from "./seal-record.ts";
import type { SourceKey, SourceTarget } from "./source-key.ts";
import { contentDigest, sourceRow, sourceToken, writeSources } from "./source-key.ts";
import { sourceWrites } from "./source-mark.ts";
import type { SourceRow } from "./source-store.ts";
import { insertTokens } from "./token-store.ts";
import { assertReached, type UnitReach, unitWrite } from "./unit-header.ts";
import { insertUnits } from "./unit-store.ts";
import type { Suggestion } from "./suggest-matches.ts";
import { suggestMatches } from "./suggest-matches.ts";
import type { Written } from "./written.ts";
import { recordWrite } from "./written.ts";

export interface CreateOptions {
  /** Seals elsewhere, in worker threads say; in this thread when absent. Answers in the order of the jobs. */
  /** Existing units that the writer may write to; all, when left out. */
  readonly within?: UnitReach;
  readonly seal?: (jobs: readonly SealJob[]) => Promise<readonly SealedRecord[]>;
}

export interface Created {
  /** For the entry; see `entryFor`. */
  readonly written: Written;
  /** Pairs, new with this write, that may be one person. */
  readonly suggestions: readonly Suggestion[];
}

/**
 * Writes the drafts in the caller's transaction, whose last step is to append the entry `act`. All or nothing. Throws VaultError "not-found",
 * "erased", "unit-kind", "duplicate-source", "too-many", "forged".
 */
export async function createMany(
  parts: VaultParts,
  tx: Transaction,
  act: Uuid,
  { drafts, options = {} }: { readonly drafts: readonly CustomerDraft[]; readonly options?: CreateOptions },
): Promise<Created> {
  assertDrafts(drafts);
  const units = await planUnits(parts, tx, act, drafts);
  for (const { header } of units) assertReached(header, options.within);
  const customers = drafts.flatMap(({ customerId, create }) =>
    create === null ? [] : [newCustomerRow(parts.keys, { customerId, ...create }, { logShard: parts.logShard, act })],
  );
  const newUnits = units.flatMap((unit) => (unit.create === null ? [] : [unit.create]));
  const jobs = sealJobs(parts, units, await writeKeysOf(parts, tx, units));
  const sealed = await (options.seal ?? sealHere(parts))(jobs);
  const records = jobs.map(({ place }, at) => recordRow(place, sealed[at], act));
  await insertCustomers(tx, customers);
  await insertUnits(tx, newUnits);
  await insertRecords(tx, records);
  await insertTokens(
    tx,
    sealed.flatMap((one) => one.tokens),
  );
  const sources = sourceRows(parts, drafts);
  await writeSources(tx, parts.keys, sources);
  const written: Written = {
    writes: records.map(recordWrite),
    authority: [...customers.map(customerWrite), ...newUnits.map(unitWrite)],
    ...sourceWrites(sources),
    classes: [...new Set(jobs.flatMap((job) => classesOf(parts.registry, job.place.recordType, job.fields.keys())))],
    customers: drafts.map((draft) => draft.customerId),
  };
  return { written, suggestions: await suggestMatches(parts, tx, written.customers) };
}

function sealHere(parts: VaultParts): NonNullable<CreateOptions["seal"]> {
  return async (jobs) => sealRecords(parts, jobs);
}

function sealJobs(
  parts: VaultParts,
  units: readonly PlannedUnit[],
  keysOfUnits: ReadonlyMap<Uuid, ClassKeys>,
): SealJob[] {
  return units.flatMap(({ header, records }) =>
    records.map(({ recordId, record }) => {
      const { customerId, unitId } = header;
      const { recordType, schemaVersion, fields, asOf, origin } = record;
      const unitKeys = keysOfUnits.get(unitId);
      if (unitKeys === undefined) throw new TypeError("a planned unit has no keys");
      const needed = new Set([CHECKS_CLASS, ...classesOf(parts.registry, recordType, fields.keys())]);
      const keys = new Map([...unitKeys].filter(([dataClass]) => needed.has(dataClass)));
      return {
        place: { customerId, recordId, unitId, recordType, schemaVersion },
        fields,
        keys,
        ...(asOf === undefined ? {} : { asOf }),
        ...(origin === undefined ? {} : { origin }),
      };
    }),
  );
}

function recordRow(place: SealJob["place"], sealed: SealedRecord | undefined, act: Uuid): RecordRow {
  if (sealed === undefined) throw new TypeError("not every record was sealed");
  return { ...place, revision: 1, pack: sealed.pack, checks: sealed.checks, act };
}

function sourceRows(parts: VaultParts, drafts: readonly CustomerDraft[]): SourceRow[] {
  const row = (source: SourceKey, target: SourceTarget): SourceRow =>
    sourceRow(parts.keys, sourceToken(parts.keys, source), target);
  return drafts.flatMap(({ customerId, sources, units }) => [
    ...sources.map((source) => row(source, { customerId, unitId: null, recordId: null, content: null })),
    ...units.flatMap(({ unitId, sources: unitSources, records }) => [
      ...unitSources.map((source) => row(source, { customerId, unitId, recordId: null, content: null })),
      ...records.flatMap(({ recordId, source, record }) =>
        source === null
          ? []
          : [
              row(source, {
                customerId,
                unitId,
                recordId,
                content: contentDigest(parts.keys, recordId, record.fields),
              }),
            ],
      ),
    ]),
  ]);
}
