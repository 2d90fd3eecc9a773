// Feeds in: a run is announced, its file comes in parts, every batch is one transaction, and a kill at any instant loses nothing and repeats nothing.
import { asPublicBytes, type Uuid } from "../kernel/bytes.ts";
import { idFromDigest, newId } from "../kernel/ids.ts";
import { type Origin, originText, type SourceKey } from "../vault/vault.ts";
import { ImportError } from "./errors.ts";
import { findMapping } from "./find-mapping.ts";
import type { Mapping } from "./mapping.ts";
import type { ImportParts, Sender } from "./parts.ts";
import type { PlanTools } from "./plan-batch.ts";
import { receive, type Received } from "./receive.ts";
import { type ResealCursor, type ResealProgress, resealRejects } from "./reseal-rejects.ts";
import {
  findRunOfFile,
  forgetCustomers,
  insertRun,
  lockRun,
  readRejects,
  readRun,
  readRuns,
  type RejectPlace,
  type RejectRow,
  type RunPlace,
  type RunRow,
  type RunState,
  updateRun,
} from "./run-store.ts";
import { renewFileCovers } from "./renew-file-covers.ts";
import { selectFileCoverUsed } from "./store-reseal.ts";
import { EMPTY_TOTALS, openTotals, type RunTotals, sealTotals } from "./run-totals.ts";
import { isFileOf, wholeFile } from "./whole-file.ts";

export { loadMappings, parseMapping } from "./mapping-folder.ts";
export { type TriedMapping, tryMapping } from "./try-mapping.ts";
export type { HoldsBack } from "./plan-batch.ts";
export type { Mapping } from "./mapping.ts";
export type { Received } from "./receive.ts";
export type { RejectPlace, RunPlace } from "./run-store.ts";
export type { RunTotals } from "./run-totals.ts";
export { type SealingThread, startSealingThread } from "./sealing-thread.ts";

export interface Run {
  readonly importId: Uuid;
  readonly mapping: string;
  readonly state: RunState;
  /** Send the file from this byte on. */
  readonly offsetBytes: number;
  readonly line: number;
  readonly totals: RunTotals;
  readonly startedBy: Uuid;
  readonly startedAt: Date;
}

export interface FileAnnounced {
  readonly mapping: string;
  readonly sizeBytes: number;
  /** SHA-256 of the whole file, hex; kept as a keyed digest. */
  readonly sha256: string;
  /** Where its data are from, in place of what the mapping says; needed where the mapping leaves it to each file. */
  readonly origin?: Origin | undefined;
}

/** A column of a feed: the fields it becomes, or why it is left out on purpose. */
export interface MappedColumn {
  readonly column: string;
  readonly fields: readonly string[];
  readonly dropped: string | null;
}

/** A mapping as people read it. */
export interface MappingShown extends Pick<Mapping, "name" | "label" | "format" | "origin"> {
  /** Of every field that it writes. */
  readonly fieldPaths: readonly string[];
  readonly columns: readonly MappedColumn[];
}

/** Rights are the caller's to check. All throw ImportError. */
export interface Imports {
  /** Those of governance/mappings; those that people made are told of by whoever keeps them. */
  readonly mappings: readonly MappingShown[];
  /** Null where there is none that may be used. */
  mapping(name: string): Promise<MappingShown | null>;
  /** Whether a run is of the file with this SHA-256, hex. */
  isOfFile(importId: Uuid, sha256: string): Promise<boolean>;
  /** The legal entities that some mapping imports into. */
  readonly entities: ReadonlySet<string>;
  /** The same file under the same mapping answers the run there is. */
  start(file: FileAnnounced, startedBy: Uuid): Promise<Run>;
  /** `source` begins at `offsetBytes`, which must be the run's, and may end anywhere: only whole rows are taken. */
  receive(
    importId: Uuid,
    offsetBytes: number,
    source: AsyncIterable<Uint8Array>,
    sender: Sender,
  ): AsyncGenerator<Received>;
  get(importId: Uuid): Promise<Run>;
  list(after: RunPlace | null, limit: number): Promise<Run[]>;
  /** After a rotation of the key of rejects: one batch sealed again under the newest version. Start with null. */
  resealBatch(cursor: ResealCursor | null): Promise<ResealProgress>;
  /** After a rotation of the key of covers. Returns how many rows were written anew. */
  renewCovers(): Promise<number>;
  isCoverUsed(version: number): Promise<boolean>;
  rejects(importId: Uuid, after: RejectPlace | null, limit: number): Promise<Omit<RejectRow, "sealedLine">[]>;
}

export type ImportOptions = Omit<ImportParts, "planTools">;

export function shownMapping(mapping: Mapping): MappingShown {
  const { name, label, format, origin, records } = mapping;
  const fieldPaths = records.flatMap(({ fields }) => fields.map(({ field }) => field.path));
  return { name, label, format, origin, fieldPaths, columns: columnsOf(mapping) };
}

function columnsOf({ columns, records, dropped }: Mapping): MappedColumn[] {
  const mapped = records.flatMap(({ fields }) => fields);
  return columns.map((column) => ({
    column,
    fields: mapped.filter((each) => each.column === column).map(({ field }) => field.path),
    dropped: dropped.get(column) ?? null,
  }));
}

export function openImports(options: ImportOptions): Imports {
  const parts = { ...options, planTools: () => planTools(options) };
  const { database } = parts;
  return {
    entities: new Set([...parts.mappings.values()].map(({ place }) => place.entity)),
    mappings: [...parts.mappings.values()].map(shownMapping),
    mapping: async (name) => {
      const found = await findMapping(parts, name);
      return found === null ? null : shownMapping(found);
    },
    isOfFile: async (importId, sha256) => isFileOf(parts.keys, await known(parts, importId), sha256),
    start: (file, startedBy) => start(parts, file, startedBy),
    receive: (importId, offsetBytes, source, sender) => receiveInto(parts, { importId, offsetBytes, source }, sender),
    get: async (importId) => shown(parts, await known(parts, importId)),
    list: async (after, limit) => (await readRuns(database, after, limit)).map((run) => shown(parts, run)),
    resealBatch: (cursor) => resealRejects(parts, cursor),
    renewCovers: () => renewFileCovers(parts),
    isCoverUsed: (version) => selectFileCoverUsed(database, version),
    rejects: (importId, after, limit) => readRejects(database, importId, after, limit),
  };
}

/** Books are named as everywhere else by a keyed id of their name, so that a client's groups find them. */
function planTools({ vault, keys, clock }: ImportOptions): Omit<PlanTools, "holdsBack" | "origin"> {
  return {
    registry: vault.registry,
    isUnchanged: vault.isUnchanged,
    groupId: ({ key }: SourceKey) => idFromDigest(keys.keyedDigest("group", key)),
    today: clock.now().toISOString().slice(0, 10),
  };
}

async function start(
  parts: ImportParts,
  { mapping: name, sizeBytes, sha256, origin: said }: FileAnnounced,
  startedBy: Uuid,
): Promise<Run> {
  const mapping = await findMapping(parts, name);
  if (mapping === null) throw new ImportError("unknown-mapping", "there is no such mapping");
  const origin = originSaid(parts, mapping, said);
  const digest = parts.keys.keyedDigest("import-file", sha256);
  const fileTokens = parts.keys.digestCovers("read").map(({ cover }) => cover(digest));
  const [newest] = parts.keys.digestCovers("write");
  if (newest === undefined) throw new TypeError("there is always a cover to write under");
  const mappingDigest = asPublicBytes(Buffer.from(mapping.digest, "hex"));
  const importId = newId();
  const totals = sealTotals(parts.keys, { importId, offsetBytes: 0, line: 1 }, { ...EMPTY_TOTALS, origin });
  const run = {
    importId,
    fileToken: newest.cover(digest),
    mapping: name,
    mappingDigest,
    sizeBytes,
    totals,
    startedBy,
    startedAt: parts.clock.now(),
  };
  const file = { fileTokens, mapping: name, mappingDigest };
  const earlier = await findRunOfFile(parts.database, file);
  if (earlier === null && origin === null && mapping.origin === null)
    throw new ImportError("origin-needed", "this mapping leaves it to each file: say where its data are from");
  if (earlier === null) await insertRun(parts.database, run, newest.version);
  const found = earlier ?? (await findRunOfFile(parts.database, file));
  if (found === null || !isFileOf(parts.keys, found, sha256)) {
    throw new ImportError("unknown-import", "the import just announced is not there");
  }
  if (found.sizeBytes !== sizeBytes)
    throw new ImportError("longer-than-announced", "the same file was announced with another size");
  const there = shown(parts, found);
  if (origin !== null && there.totals.origin !== origin)
    throw new ImportError("origin-differs", "the same file was announced as being from somewhere else");
  return there;
}

/** As it is sealed with what the file brings; null where nothing is said. Throws ImportError `bad-origin`. */
function originSaid({ vault }: ImportParts, mapping: Mapping, said: Origin | undefined): string | null {
  if (said === undefined) return null;
  for (const { kind } of mapping.units) {
    const fault = vault.registry.origins.fault(said, kind);
    if (fault !== null) throw new ImportError("bad-origin", `this origin is refused: ${fault}`);
  }
  return originText(said);
}

interface Part {
  readonly importId: Uuid;
  readonly offsetBytes: number;
  readonly source: AsyncIterable<Uint8Array>;
}

/** What makes the file itself unfit ends the run for good; everything else may be tried again. */
const FINAL_FAILURES: ReadonlySet<string> = new Set(["bad-header", "bad-encoding", "too-many-rejects"]);

const WARM_UP_BYTES = 2 * 1024 * 1024;

async function* receiveInto(parts: ImportParts, part: Part, sender: Sender): AsyncGenerator<Received> {
  const run = await known(parts, part.importId);
  if (run.state !== "running") throw new ImportError("import-over", `this import is ${run.state}`);
  const begins = sender.isWhole ? 0 : run.offsetBytes;
  if (begins !== part.offsetBytes) throw new ImportError("wrong-offset", `send the file from byte ${begins} on`);
  const source = sender.isWhole ? await wholeFile(parts, run, part.source) : part.source;
  // A bucket's first use waits for the disk: a large feed meets them all, and makes them together.
  if (run.offsetBytes === 0 && run.sizeBytes >= WARM_UP_BYTES) await parts.keys.prepareBuckets();
  try {
    yield* receive(parts, sender, run, source);
  } catch (error) {
    if (error instanceof ImportError && FINAL_FAILURES.has(error.code)) await fail(parts, part.importId);
    throw error;
  }
  const after = await known(parts, part.importId);
  if (after.state === "done") await parts.database.transaction((tx) => forgetCustomers(tx, part.importId));
}

async function fail(parts: ImportParts, importId: Uuid): Promise<void> {
  await parts.database.transaction(async (tx) => {
    const run = await lockRun(tx, importId);
    if (run?.state !== "running") return;
    await updateRun(tx, { ...run, state: "failed" }, parts.clock.now());
    await forgetCustomers(tx, importId);
  });
}

async function known({ database }: Pick<ImportParts, "database">, importId: Uuid): Promise<RunRow> {
  const run = await readRun(database, importId);
  if (run === null) throw new ImportError("unknown-import", "there is no such import");
  return run;
}

function shown({ keys }: Pick<ImportParts, "keys">, run: RunRow): Run {
  const { importId, mapping, state, offsetBytes, line, startedBy, startedAt } = run;
  return {
    importId,
    mapping,
    state,
    offsetBytes,
    line,
    startedBy,
    startedAt,
    totals: openTotals(keys, run, run.totals),
  };
}
