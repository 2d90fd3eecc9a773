// What a record said before each correction: which fields changed, when and by whom, with masked forms. Clear values of a revision are disclosed like any.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Role } from "../kernel/vocabulary.ts";
import type { EntryKind, EntryView, Sequenced } from "../ledger/ledger.ts";
import {
  openMasks,
  type Origin,
  packedRevisions,
  type FieldType,
  type RecordRow,
  saysWritten,
  type StoredRecord,
} from "../vault/vault.ts";
import type { GateContext } from "./context.ts";
import { lookMasked, type MaskedQuestion } from "./masked-look.ts";
import type { Judged } from "./judge.ts";
import { markOf, type MaskedField } from "./masked-view.ts";
import type { Situation } from "./situation.ts";
import { readerOf } from "./read-back.ts";

export interface HistoryQuestion extends MaskedQuestion {
  readonly recordId: Uuid;
  /** Revisions older than this one; null begins with the one in force. */
  readonly before: number | null;
}

export interface RecordRevision {
  readonly revision: number;
  /** Null where the entry that is named does not say that it wrote this: the row's own word for it stands under no seal. */
  readonly entryId: Uuid | null;
  /** Null where its entry is kept from the asker, or not known. */
  readonly by: {
    readonly at: number;
    readonly kind: EntryKind;
    readonly actorId: Uuid | null;
    readonly role: Role | null;
  } | null;
  /** Set or changed by it, then taken away by it: only fields that the asker may see masked. */
  readonly changed: readonly FieldType[];
  readonly removed: readonly FieldType[];
  readonly fields: readonly MaskedField[];
  /** Null where none was recorded. */
  readonly origin: Origin | null;
}

export interface RecordHistory {
  /** Newest first. */
  readonly revisions: readonly RecordRevision[];
  readonly next: number | null;
  readonly promise: Sequenced["promise"];
}

const REVISIONS_MAX = 50;

/** Throws as `lookMasked`. INVARIANT: decided and recorded as a masked view of the record before any revision of it is read. */
export async function recordHistory(
  context: GateContext,
  asker: Authenticated,
  asked: HistoryQuestion,
): Promise<RecordHistory> {
  const { situation, shown, sequenced } = await lookMasked(context, asker, asked);
  // What is shown is of this one record alone, and there is something, or the look was refused.
  const stored = shown[0]!.stored!;
  const fields = shown.map(({ field }) => field);
  const rows = await rowsOf(context, stored, asked.before);
  // The last row read is there to be compared with, where there are more.
  const told = rows.slice(0, REVISIONS_MAX);
  const vouched = await vouchedFor(context, told);
  const acts = told.map(({ act }) => act);
  const entries = await context.ledger.entriesById(acts, readerOf(asker));
  const roles = await rolesOf(context, [...entries.values()]);
  const of = { stored, fields, vouched, roles, disputes: situation.disputes, shown };
  const revisions: RecordRevision[] = [];
  for (const [at, row] of told.entries())
    revisions.push(await revisionOf(context, { ...of, row, older: rows[at + 1], entry: entries.get(row.act) }));
  const next = rows.length > told.length ? (told.at(-1)?.revision ?? null) : null;
  return { revisions, next, promise: sequenced.promise };
}

async function rowsOf(
  { vault }: GateContext,
  { record, unit }: StoredRecord,
  before: number | null,
): Promise<readonly RecordRow[]> {
  const rows = await vault.revisions(record, { before, limit: REVISIONS_MAX + 1 });
  // What is sealed for another unit does not open under this one's keys.
  return rows.filter(({ unitId }) => unitId === unit.header.unitId);
}

/** Revisions whose entry says, under its seal, that it wrote just them. */
async function vouchedFor({ ledger }: GateContext, rows: readonly RecordRow[]): Promise<ReadonlySet<number>> {
  const opened = await ledger.openedById(rows.map(({ act }) => act));
  return new Set(rows.filter((row) => saysWritten(opened.get(row.act) ?? {}, row)).map(({ revision }) => revision));
}

/** As they are now. */
async function rolesOf({ access }: GateContext, entries: readonly EntryView[]): Promise<ReadonlyMap<Uuid, Role>> {
  const actors = new Set(entries.flatMap(({ actorId }) => actorId ?? []));
  const found = await Promise.all([...actors].map((id) => access.describePrincipal(id)));
  return new Map(found.flatMap((each) => (each === null ? [] : [[each.principalId, each.role] as const])));
}

interface Of {
  readonly stored: StoredRecord;
  readonly fields: readonly FieldType[];
  readonly row: RecordRow;
  readonly older: RecordRow | undefined;
  readonly entry: EntryView | undefined;
  readonly vouched: ReadonlySet<number>;
  readonly roles: ReadonlyMap<Uuid, Role>;
  readonly disputes: Situation["disputes"];
  readonly shown: readonly Judged[];
}

async function revisionOf({ keys, vault }: GateContext, of: Of): Promise<RecordRevision> {
  const { stored, fields, row, older, entry, vouched, roles, disputes, shown } = of;
  const isVouched = vouched.has(row.revision);
  const masks = await openMasks(keys, vault.registry, {
    record: row,
    unitKey: stored.unit.unitKey,
    fields: fields.map(({ name }) => name),
  });
  const sealedAt = packedRevisions(row.pack);
  const before = older === undefined ? new Map<string, number>() : packedRevisions(older.pack);
  return {
    revision: row.revision,
    entryId: isVouched ? row.act : null,
    by:
      entry === undefined || !isVouched
        ? null
        : { at: entry.at, kind: entry.kind, actorId: entry.actorId, role: roles.get(entry.actorId as Uuid) ?? null },
    changed: fields.filter(({ name }) => sealedAt.get(name) === row.revision),
    removed: fields.filter(({ name }) => before.has(name) && !sealedAt.has(name)),
    origin: await vault.origins.ofRevision(row, stored.unit.unitKey),
    fields: fields
      .filter(({ name }) => masks.has(name))
      .map((field) => ({ field, value: masks.get(field.name) ?? null, ...markOf(disputes, shown, field) })),
  };
}
