// Plans what a batch of rows writes: which customers, units and records are new, which records are corrected, which say nothing new.
//
// Everything is named by the sources' own keys. A key that is known leads to what it names; an unknown one names something new, and the
// rows after it in the same batch find that.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import {
  type CustomerDraft,
  isOlder,
  type NewUnit,
  type RecordDraft as NewRecord,
  type SourceKey,
  type SourceTarget,
  type Vault,
} from "../vault/vault.ts";
import type { RecordDraft, Reject, RowDraft, UnitDraft } from "./row-draft.ts";

export type PreparedRecord = NewRecord["record"];
export type RecordCorrection = Parameters<Vault["correctMany"]>[2][number];
export type UnitChange = Parameters<Vault["changeUnit"]>[0];

/** Whether a field, `record.field`, is held back. */
export type HoldsBack = (fieldPath: string) => boolean;

export interface PlanTools {
  readonly registry: Vault["registry"];
  isUnchanged: Vault["isUnchanged"];
  readonly holdsBack: HoldsBack | null;
  groupId(key: SourceKey): Uuid;
  readonly today: string;
  /** Of all that is planned. */
  readonly origin: string;
}

type UnitSaid = Required<Pick<UnitChange, "customerId" | "unitId" | "status" | "book">> & {
  /** When the source last changed what it says, and the records there are of which the same row speaks. */
  readonly asOf: string | undefined;
  readonly records: readonly Uuid[];
};

export interface BatchPlan {
  readonly customers: readonly CustomerDraft[];
  /** To be made after the creations, in this order. */
  readonly corrections: readonly RecordCorrection[];
  /** What the feed says of units that exist. */
  readonly units: readonly UnitSaid[];
  readonly unchanged: number;
  /** Customers that the rows are about, each once. */
  readonly met: readonly Uuid[];
  readonly rejects: readonly Reject[];
}

/** Where a key leads, as far as rows before this one have made or changed it. */
interface Known extends SourceTarget {
  /** What was last said of a record, when a row of this batch said it. */
  readonly said: RecordDraft["fields"] | null;
}

/** `sources` holds every key of the rows that the vault knows. Keys are written by `keyText`. */
export function planBatch(
  tools: PlanTools,
  rows: readonly RowDraft[],
  sources: ReadonlyMap<string, SourceTarget>,
): BatchPlan {
  const planner = new Planner(tools, sources);
  for (const row of rows) planner.add(row);
  return planner.plan();
}

export function keyText({ system, kind, key }: SourceKey): string {
  return `${system.length} ${kind.length} ${system}${kind}${key}`;
}

/** The keys by which a row names what may be there already. */
export function keysOfRow(row: RowDraft): SourceKey[] {
  const customer = row.customer.by === "key" ? row.customer.key : row.customer.unit;
  const units = row.units.flatMap(({ key }) => (key === null ? [] : [key]));
  return [customer, ...units, ...row.records.map(({ key }) => key)];
}

/** A customer has one relationship with each entity and line, which no source has a key for. */
export function relationshipKey(customerId: Uuid, unit: Pick<UnitDraft, "entity" | "line">): SourceKey {
  return { system: "uberrima", kind: "relationship", key: `${customerId}/${unit.entity}/${unit.line}` };
}

interface Customer {
  readonly customerId: Uuid;
  readonly create: CustomerDraft["create"];
  readonly sources: readonly SourceKey[];
  readonly units: Map<Uuid, Unit>;
}

interface Unit {
  readonly unitId: Uuid;
  readonly create: NewUnit | null;
  readonly sources: readonly SourceKey[];
  readonly records: NewRecord[];
}

class Planner {
  readonly #tools: PlanTools;
  readonly #known: Map<string, Known>;
  readonly #customers = new Map<Uuid, Customer>();
  readonly #corrections: RecordCorrection[] = [];
  readonly #changes = new Map<Uuid, BatchPlan["units"][number]>();
  readonly #rejects: Reject[] = [];
  readonly #met = new Set<Uuid>();
  #unchanged = 0;

  constructor(tools: PlanTools, sources: ReadonlyMap<string, SourceTarget>) {
    this.#tools = tools;
    this.#known = new Map([...sources].map(([key, target]) => [key, { ...target, said: null }]));
  }

  plan(): BatchPlan {
    const customers = [...this.#customers.values()]
      .map((customer) => ({ ...customer, units: [...customer.units.values()] }))
      .filter(
        ({ create, units }) => create !== null || units.some((unit) => unit.create !== null || unit.records.length > 0),
      );
    return {
      customers,
      corrections: this.#corrections,
      units: [...this.#changes.values()],
      unchanged: this.#unchanged,
      met: [...this.#met],
      rejects: this.#rejects,
    };
  }

  /** A row that does not fit what is known is refused whole, before anything of it is planned. */
  add(row: RowDraft): void {
    const holder = this.#holderOf(row);
    const fault =
      holder === null
        ? `unknown-${row.customer.by === "unit" ? row.customer.unit.kind : "customer"}`
        : this.#faultOf(row, holder);
    if (fault !== null) {
      this.#rejects.push({ line: row.line, field: holder === null ? "customer" : "record", code: fault });
      return;
    }
    const customer = this.#customerOf(row, holder === "new" ? null : holder);
    this.#met.add(customer.customerId);
    const units = new Map(row.units.map((unit) => [unit.kind, this.#unitOf(customer, unit, row)]));
    for (const record of row.records) {
      const unit = units.get(record.unit);
      if (unit !== undefined) this.#addRecord(customer, unit, record, row.updatedAt);
    }
  }

  /** "new": a customer nobody knows yet. Null: the row joins a unit that is not there. */
  #holderOf(row: RowDraft): Uuid | "new" | null {
    const key = row.customer.by === "key" ? row.customer.key : row.customer.unit;
    const known = this.#known.get(keyText(key));
    if (known !== undefined) return known.customerId;
    return row.customer.by === "key" ? "new" : null;
  }

  /** A policy that is another customer's, or a record that stands elsewhere, is for a person to look into. */
  #faultOf(row: RowDraft, holder: Uuid | "new" | null): string | null {
    const keys = [...row.units.flatMap(({ key }) => (key === null ? [] : [key])), ...row.records.map(({ key }) => key)];
    const owners = keys.flatMap((key) => this.#known.get(keyText(key))?.customerId ?? []);
    if (owners.some((owner) => owner !== holder)) return "other-customer";
    return holder !== null && holder !== "new" && row.records.some((record) => this.#isHeldBack(record, row))
      ? "waits-for-customer"
      : null;
  }

  /** INVARIANT: of a customer who is known, nobody says such a thing anew by a feed without that permission (docs/decisions/0124). */
  #isHeldBack(draft: RecordDraft, { updatedAt }: RowDraft): boolean {
    const { holdsBack } = this.#tools;
    if (holdsBack === null || !Object.keys(draft.fields).some((name) => holdsBack(`${draft.type}.${name}`)))
      return false;
    const known = this.#known.get(keyText(draft.key));
    return known?.recordId == null || !this.#isSame(known, draft, this.#prepared(draft, updatedAt));
  }

  #isSame(known: Known, { fields }: RecordDraft, record: PreparedRecord): boolean {
    return known.said === null ? this.#tools.isUnchanged(known, record) : saysTheSame(known.said, fields);
  }

  #customerOf(row: RowDraft, known: Uuid | null): Customer {
    const customerId = known ?? newId();
    const planned = this.#customers.get(customerId);
    if (planned !== undefined) return planned;
    const isNew = known === null && row.customer.by === "key";
    const customer: Customer = {
      customerId,
      create: isNew && row.customer.by === "key" ? { kind: row.customer.kind, ...this.#flagsOf(row) } : null,
      sources: isNew && row.customer.by === "key" ? [row.customer.key] : [],
      units: new Map(),
    };
    for (const key of customer.sources)
      this.#remember(key, { customerId, unitId: null, recordId: null, content: null });
    this.#customers.set(customerId, customer);
    return customer;
  }

  #flagsOf({ minorUntil }: RowDraft) {
    if (minorUntil === undefined || minorUntil <= this.#tools.today) return {};
    const [startsAt, endsAt] = [`${this.#tools.today}T00:00:00.000Z`, `${minorUntil}T00:00:00.000Z`];
    return { flags: [{ id: newId(), kind: "minor" as const, startsAt, endsAt }] };
  }

  #unitOf(customer: Customer, draft: UnitDraft, row: RowDraft): Unit {
    const { customerId } = customer;
    const key = draft.key ?? relationshipKey(customerId, draft);
    const known = this.#known.get(keyText(key));
    const book = draft.book === null ? null : this.#tools.groupId(draft.book);
    const unitId = known?.unitId ?? newId();
    const { kind, entity, brand, line, status } = draft;
    const isNew = known === undefined;
    const planned = customer.units.get(unitId);
    const exists = !isNew && (planned === undefined || planned.create === null);
    if (exists && draft.key !== null) this.#sayOfUnit({ customerId, unitId, status, book }, row);
    if (planned !== undefined) return planned;
    const unit: Unit = {
      unitId,
      create: isNew ? { kind, entity, brand, line, book, status } : null,
      sources: isNew ? [key] : [],
      records: [],
    };
    if (isNew) this.#remember(key, { customerId, unitId, recordId: null, content: null });
    customer.units.set(unitId, unit);
    return unit;
  }

  /** Of several rows the last is believed, unless it says itself that it is older. */
  #sayOfUnit(change: Omit<UnitSaid, "asOf" | "records">, { updatedAt: asOf, records: rows }: RowDraft): void {
    if (isOlder(asOf, this.#changes.get(change.unitId)?.asOf)) return;
    const records = rows.flatMap(({ key }) => this.#known.get(keyText(key))?.recordId ?? []);
    this.#changes.set(change.unitId, { ...change, asOf, records });
  }

  #addRecord({ customerId }: Customer, unit: Unit, draft: RecordDraft, asOf: string | undefined): void {
    const record = this.#prepared(draft, asOf);
    const said = draft.fields;
    const known = this.#known.get(keyText(draft.key));
    const { unitId } = unit;
    if (known?.recordId == null) {
      const recordId = newId();
      unit.records.push({ recordId, record, source: draft.key });
      this.#remember(draft.key, { customerId, unitId, recordId, content: null }, said);
      return;
    }
    const isSame = this.#isSame(known, draft, record);
    this.#remember(draft.key, known, said);
    if (isSame) this.#unchanged += 1;
    else this.#corrections.push(this.#correctionOf({ ...known, recordId: known.recordId }, record, draft.key));
  }

  /** The source says the whole record: fields that it no longer gives are taken out, but for those that it may not speak of. */
  #correctionOf(
    known: Known & { readonly recordId: Uuid },
    record: PreparedRecord,
    source: SourceKey,
  ): RecordCorrection {
    const { customerId, recordId } = known;
    const names = this.#tools.registry.recordType(record.recordType)?.fields.map(({ name }) => name) ?? [];
    const { holdsBack } = this.#tools;
    const remove = names.filter(
      (name) => !record.fields.has(name) && holdsBack?.(`${record.recordType}.${name}`) !== true,
    );
    return { customerId, recordId, expectedRevision: null, record, remove, source };
  }

  #prepared({ type, fields }: RecordDraft, asOf: string | undefined): PreparedRecord {
    const schemaVersion = this.#tools.registry.recordType(type)?.version ?? 1;
    const { origin } = this.#tools;
    const record = { recordType: type, schemaVersion, fields: new Map(Object.entries(fields)), warnings: [], origin };
    return asOf === undefined ? record : { ...record, asOf };
  }

  #remember(key: SourceKey, target: SourceTarget, said: Known["said"] = null): void {
    this.#known.set(keyText(key), { ...target, said });
  }
}

function saysTheSame(left: RecordDraft["fields"], right: RecordDraft["fields"]): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => left[name]?.given === right[name]?.given);
}
