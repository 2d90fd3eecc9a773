// What of a copy may name other people, read by somebody who did not make the copy: released, released with passages struck out, or kept back.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import { type LiveRows, putRow } from "../authority/authority.ts";
import type { FieldAnswer } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Origin, StoredRecord } from "../vault/vault.ts";
import type { FulfilmentContext } from "./context.ts";
import { FulfilmentError } from "./errors.ts";
import { listOthers } from "./find-others.ts";
import { type At, isSamePerson, rowOf } from "./find-package.ts";
import { type GivenRecord, shownOf } from "./gather.ts";
import { selfOf } from "./make-package.ts";
import { type HeldRecord, OTHERS } from "./others-row.ts";
import { KEPT_MS, PACKAGE, type PackageContent, type WithholdingGround } from "./package-row.ts";
import { insertPart } from "./package-store.ts";
import { PAPER_TYPE, paperDecided, paperOf } from "./papers.ts";
import { sealFurther } from "./parts.ts";
import { peopleAround } from "./people-around.ts";
import { type Proposal, proposeStrikes } from "./propose-strikes.ts";
import { statementsGiven } from "./statements.ts";
import { type Span, spansOf, struckOut } from "./strike.ts";

export interface AtRecord extends At {
  readonly recordId: Uuid;
}

export interface HeldReading extends HeldRecord {
  /** What a release has to name, so that it is of what was read. */
  readonly revision: number;
  readonly disclosureId: Uuid;
  readonly origin: Origin | null;
  readonly texts: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly proposals: readonly Proposal[];
  }[];
}

export interface Strike {
  readonly field: string;
  readonly span: Span;
}

export type OthersOutcome =
  | {
      readonly ground: null;
      readonly revision: number;
      readonly strikes: readonly Strike[];
      /** The record of a copy of the paper out of which others were struck, filed in the same place: it goes along instead. */
      readonly insteadId: Uuid | null;
    }
  | { readonly ground: WithholdingGround };

/**
 * Asked of the gate in the reader's name (governance/policies, dpo/open-case and dpo/release-judged). Throws FulfilmentError `own-package`, `unknown-item`,
 * `not-released`, GateError.
 */
export async function readOthers(context: FulfilmentContext, asker: Authenticated, at: AtRecord): Promise<HeldReading> {
  const { content } = await rowOf(context, at);
  if (await isSamePerson(context, asker, asId(content.madeBy))) throw new FulfilmentError("own-package");
  const item = await undecided(context, at);
  const { revision, disclosureId, given, origin } = await asked(context, asker, { ...at, item });
  const people = await peopleAround(context, asker, at);
  const texts = given
    .flatMap(({ fields }) => fields)
    .map(({ name, label, value }) => ({ name, label, value, proposals: proposeStrikes(value, people) }));
  return { ...item, revision, disclosureId, origin, texts };
}

/**
 * INVARIANT: what was struck out is in nothing that is written: the copy's part holds the text without it. Throws FulfilmentError `own-package` (recorded),
 * `unknown-item`, `changed-meanwhile`, `not-in-text`, `not-released`.
 */
export async function decideOthers(
  context: FulfilmentContext,
  asker: Authenticated,
  { outcome, ...at }: AtRecord & { readonly outcome: OthersOutcome },
  also?: AlsoWrite,
): Promise<void> {
  const { access, authority, clock } = context;
  const { customerId, copyId, recordId } = at;
  const { ground } = outcome;
  const about = { kind: "fulfilment", action: "data-copy.review", actor: asker, targets: [customerId], also } as const;
  const attempt = { ...about, withheld: true };
  const row = access.may(asker, "data-copy.review") ? await rowOf(context, at) : null;
  if (row === null || (await isSamePerson(context, asker, asId(row.content.madeBy))))
    return access.write(attempt, async () => {
      throw new FulfilmentError(row === null ? "unknown-package" : "own-package");
    });
  const item = await undecided(context, at);
  const given = outcome.ground === null ? await released(context, asker, { ...at, item, outcome }) : [];
  const expiresAt = row.endsAt ?? new Date(clock.now().getTime() + KEPT_MS);
  const further = await sealFurther(context, { customerId, copyId, expiresAt, ...row.content }, given);
  const passages = given.flatMap(({ fields }) => fields.flatMap(({ struck = [] }) => struck)).length;
  const insteadId = outcome.ground === null ? outcome.insteadId : null;
  const decision = { by: asker.principalId, at: clock.now().toISOString(), ground, struck: passages, insteadId };
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [PACKAGE.kind, OTHERS.kind],
      make: (live) => {
        const current = live.get(PACKAGE, copyId, clock.now());
        // One at a time: what somebody else released meanwhile lies in parts that this one does not know of.
        if (current === null || current.revision !== row.revision) throw new FulfilmentError("changed-meanwhile");
        const content = { ...afterDecision(row.content, item, given), ...further.held };
        return [putRow(PACKAGE, { ...row, content }), decided(live, at, { now: clock.now(), decision })];
      },
    });
    for (const part of further.parts) await insertPart(tx, part);
    const detail = {
      package: copyId,
      record: recordId,
      unit: item.unitId,
      released: ground === null,
      ground,
      struck: passages,
    };
    return { result: null, written, customers: [customerId], detail: { ...detail, insteadId }, ids: [copyId] };
  });
}

async function undecided(context: FulfilmentContext, at: AtRecord): Promise<HeldRecord> {
  const found = (await listOthers(context, at)).find(({ recordId }) => recordId === at.recordId);
  if (found === undefined || found.decision !== null) throw new FulfilmentError("unknown-item");
  return found;
}

function afterDecision(content: PackageContent, item: HeldRecord, given: readonly GivenRecord[]): PackageContent {
  const others = { ...content.others, waiting: content.others.waiting - 1 };
  if (item.type !== PAPER_TYPE) return { ...content, others };
  const [record] = given;
  const paper = record === undefined ? null : paperOf(record);
  const now = record === undefined ? "withheld" : paper === "elsewhere" ? "elsewhere" : "included";
  return { ...content, others, papers: paperDecided(content.papers, now) };
}

interface Decided {
  readonly now: Date;
  readonly decision: NonNullable<HeldRecord["decision"]>;
}

function decided(live: LiveRows, { copyId, recordId }: AtRecord, { now, decision }: Decided) {
  const isIt = (one: HeldRecord): boolean => one.recordId === recordId && one.decision === null;
  const row = live.of(OTHERS, now).find(({ content }) => content.copyId === copyId && content.records.some(isIt));
  if (row === undefined) throw new FulfilmentError("unknown-item");
  const records = row.content.records.map((one) => (isIt(one) ? { ...one, decision } : one));
  return putRow(OTHERS, { ...row, content: { ...row.content, records } });
}

interface AskedItem extends AtRecord {
  readonly item: HeldRecord;
}

interface GivenItem {
  readonly revision: number;
  readonly disclosureId: Uuid;
  readonly origin: Origin | null;
  readonly given: readonly GivenRecord[];
}

/** What the gate shows this reader of it, for the person: by topic. */
async function asked(
  { gate, vault }: FulfilmentContext,
  asker: Authenticated,
  { customerId, item }: AskedItem,
): Promise<GivenItem> {
  const [recordId, unitId] = [asId(item.recordId), asId(item.unitId)];
  const { type } = item;
  const filter = { recordTypes: [type], unitId, recordId };
  const stood = await revisionOf(vault.loadRecords([customerId], filter));
  const { disclosureId, customers } = await gate.disclose(asker, {
    purpose: "data-subject-request",
    basis: "rights-request",
    fields: item.fields.map((name) => `${type}.${name}`),
    form: "clear",
    recipient: null,
    origins: true,
    justification: "read for other people's data, for a package of the person it is about (GDPR Art. 15(4))",
    subjects: [{ customerId, unitId, recordIds: new Set([recordId]) }],
  });
  const answers = (customers[0]?.fields ?? []).filter(({ form }) => form === "clear");
  const byTopic = Map.groupBy(answers, ({ dataClass }: FieldAnswer) => dataClass);
  const given = [...byTopic].flatMap(([topic, ofTopic]) => [...shownOf(vault.registry, ofTopic, { topic, type })]);
  if (given.length === 0) throw new FulfilmentError("not-released");
  const revision = await revisionOf(vault.loadRecords([customerId], filter));
  if (stood !== revision) throw new FulfilmentError("changed-meanwhile");
  return { revision, disclosureId, origin: given[0]?.origin ?? null, given };
}

async function revisionOf(found: Promise<readonly StoredRecord[]>): Promise<number> {
  const [stored] = await found;
  if (stored === undefined) throw new FulfilmentError("unknown-item");
  return stored.record.revision;
}

interface Releasing extends AskedItem {
  readonly outcome: Extract<OthersOutcome, { readonly ground: null }>;
}

/** Opened once more, so that what is sealed is what the gate shows now, and struck before it is. */
async function released(
  context: FulfilmentContext,
  asker: Authenticated,
  { outcome, ...of }: Releasing,
): Promise<readonly GivenRecord[]> {
  await requireNotDemanded(context, of.customerId, [of.recordId, outcome.insteadId]);
  if (outcome.insteadId !== null) return instead(context, asker, of, outcome.insteadId);
  const { revision, given } = await asked(context, asker, of);
  if (revision !== outcome.revision) throw new FulfilmentError("changed-meanwhile");
  const known = new Set(given.flatMap(({ fields }) => fields.map(({ name }) => name)));
  // The passages of a paper are in its bytes: out of the record that tells of it, they would change what it is.
  const isPaper = of.item.type === PAPER_TYPE;
  const isWrong = outcome.strikes.some(({ field }) => !known.has(field) || (isPaper && field === "digest"));
  if (isWrong) throw new FulfilmentError("not-in-text");
  const statements = await statementsGiven(context, await selfOf(context, of.customerId), of.customerId);
  return given.map((record) => statements.with(withoutStruck(record, outcome.strikes)));
}

/** INVARIANT: the paper of a legal demand goes to no subject of it: nor one that was taken in since the copy was made, nor in another's place (341). */
async function requireNotDemanded(
  { demandedPapers }: FulfilmentContext,
  customerId: Uuid,
  recordIds: readonly (Uuid | null)[],
): Promise<void> {
  const demanded = (await demandedPapers([customerId])).get(customerId);
  if (demanded === null || recordIds.some((id) => id !== null && demanded?.has(id) === true))
    throw new FulfilmentError("not-released");
}

function withoutStruck(record: GivenRecord, strikes: readonly Strike[]): GivenRecord {
  const fields = record.fields.map((field) => {
    const wanted = strikes.filter((one) => one.field === field.name).map(({ span }) => span);
    const spans = spansOf(field.value, wanted);
    if (spans === null) throw new FulfilmentError("not-in-text");
    return spans.length === 0 ? field : { ...field, value: struckOut(field.value, spans), struck: spans };
  });
  return { ...record, fields };
}

/** INVARIANT: in another's place goes nothing that waits in this copy to be read itself, or that was read and kept back. */
async function requireNotHeld(context: FulfilmentContext, at: AtRecord, recordId: Uuid): Promise<void> {
  const held = (await listOthers(context, at)).filter((one) => one.recordId === recordId);
  if (held.some(({ decision }) => decision === null || decision.ground !== null))
    throw new FulfilmentError("not-released");
}

/** Another paper of the same place, of which no more is said than that it is there. */
async function instead(
  context: FulfilmentContext,
  asker: Authenticated,
  at: AskedItem,
  insteadId: Uuid,
): Promise<readonly GivenRecord[]> {
  if (at.item.type !== PAPER_TYPE || insteadId === at.recordId) throw new FulfilmentError("not-in-text");
  await requireNotHeld(context, at, insteadId);
  const type = PAPER_TYPE;
  const all = context.vault.registry.recordType(type)?.fields ?? [];
  const fields = all.filter(({ others, name }) => others === "never" || name === "digest").map(({ name }) => name);
  const { given } = await asked(context, asker, { ...at, item: { ...at.item, recordId: insteadId, fields } });
  const [record] = given;
  if (record === undefined || typeof paperOf(record) !== "object" || paperOf(record) === null)
    throw new FulfilmentError("not-released");
  return [{ ...record, isRedacted: true }];
}
