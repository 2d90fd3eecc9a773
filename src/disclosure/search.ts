// Searching is a disclosure: it needs a right to what is asked about, rows are scoped before anything is counted, and it is an entry.
import type { Authenticated } from "../access/access.ts";
import { newId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass, Purpose } from "../kernel/vocabulary.ts";
import type { EntryDraft, Sequenced } from "../ledger/ledger.ts";
import { openMasks, type FieldType, type IndexType, type StoredRecord } from "../vault/vault.ts";
import type { GateContext, PolicyInForce } from "./context.ts";
import { GateError } from "./errors.ts";
import { couldSee, judge, type Bench, type Judged } from "./judge.ts";
import type { Terms } from "./question.ts";
import { resolve, type Resolved } from "./resolve.ts";

export interface SearchQuestion {
  readonly index: string;
  readonly values: Readonly<Record<string, string>>;
  readonly purpose: Purpose;
}

export interface SearchHit {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  readonly unitId: Uuid;
  readonly type: string;
  readonly summary: Readonly<Record<string, string>>;
}

export interface SearchAnswer {
  readonly searchId: Uuid;
  readonly hits: readonly SearchHit[];
  readonly truncated: boolean;
  readonly promise: Sequenced["promise"];
}

const HITS_MAX = 50;
/** Searches of one principal in an hour: enough for any desk, too few to guess a four-digit number by. */
const SEARCHES_AN_HOUR_MAX = 600;
const HOUR_MS = 3_600_000;

/** Throws GateError "unknown-index", "not-permitted" (recorded) and "busy"; VaultError "invalid-field" for values that cannot be searched by. */
export async function search(
  context: GateContext,
  asker: Authenticated,
  question: SearchQuestion,
): Promise<SearchAnswer> {
  const { vault } = context;
  const index = vault.registry.index(question.index);
  if (index === null) throw new GateError("unknown-index", "no such index; see GET /v1/schema");
  const policy = context.policy();
  const judging = bench(policy, asker, question);
  const refusal = await refusalOf(context, judging, question, index);
  if (refusal !== null) {
    await append(context, draftOf(asker, question, { index, policy, found: [], outcome: "denied" }));
    throw new GateError("not-permitted", refusal);
  }
  const candidates = await vault.search({ indexName: index.name, values: question.values });
  const found = await withinScope(context, judging, index, candidates.hits);
  const shown = found.slice(0, HITS_MAX);
  const sequenced = await append(
    context,
    draftOf(asker, question, { index, policy, found: shown, outcome: "allowed" }),
  );
  return {
    searchId: sequenced.entryId,
    hits: await Promise.all(shown.map((one) => hitOf(context, one))),
    // INVARIANT: told of hits within scope alone; what lies outside does not even show in a count.
    truncated: found.length > shown.length,
    promise: sequenced.promise,
  };
}

function bench(policy: PolicyInForce, asker: Authenticated, question: SearchQuestion): Bench {
  const terms: Terms = {
    purpose: question.purpose,
    basis: "role-duty",
    fields: [],
    form: "masked",
    recipient: null,
    justification: "search",
  };
  return { decider: policy.decider, asker, terms };
}

/** Null when the asker may search by this index; otherwise why not, in words that are safe to show. */
async function refusalOf(
  context: GateContext,
  judging: Bench,
  question: SearchQuestion,
  index: IndexType,
): Promise<string | null> {
  const { asker } = judging;
  if (asker.rowScope === "none") return "this client has no rows to search in";
  if (!asker.purposes.includes(question.purpose)) return "this client is not registered for the stated purpose";
  const unseen = index.dataClasses.filter((dataClass) => !couldSee(judging, dataClass));
  if (unseen.length > 0) return `this role has no right to ${unseen.join(", ")} for the stated purpose`;
  const since = new Date(context.clock.now().getTime() - HOUR_MS);
  const searches = await context.ledger.countBy(asker.principalId, "search", since);
  return searches >= SEARCHES_AN_HOUR_MAX ? `more than ${SEARCHES_AN_HOUR_MAX} searches within an hour` : null;
}

interface Found {
  readonly stored: StoredRecord;
  readonly resolved: Resolved;
  readonly judged: readonly Judged[];
}

/** INVARIANT: scoped before counting. A hit counts only when the asker may see, at least masked, every field that the index is made of. */
async function withinScope(
  context: GateContext,
  judging: Bench,
  index: IndexType,
  hits: readonly { readonly customerId: Uuid; readonly recordId: Uuid }[],
): Promise<Found[]> {
  const customerIds = [...new Set(hits.map(({ customerId }) => customerId))];
  const resolved = new Map((await resolve(context, judging.asker, customerIds)).map((one) => [one.customerId, one]));
  const inScope = hits.filter(({ customerId }) => resolved.get(customerId)?.situation);
  const records = await Promise.all(
    inScope.map(({ customerId, recordId }) => context.vault.loadRecords([customerId], { recordId })),
  );
  return records.flat().flatMap((stored) => {
    const one = resolved.get(stored.record.customerId)!;
    const judged = judge(judging, one.situation!, { unitId: null }, askedOfRecord(context, stored));
    const parts = new Set(index.parts.flatMap((part) => [part.field, ...part.alternatives]));
    const seen = judged
      .filter(({ field }) => parts.has(field.name))
      .every(({ decision }) => decision.form !== "denied");
    return seen ? [{ stored, resolved: one, judged }] : [];
  });
}

function askedOfRecord(context: GateContext, stored: StoredRecord): { field: FieldType; records: StoredRecord[] }[] {
  const fields = context.vault.registry.recordType(stored.record.recordType)?.fields ?? [];
  return fields.map((field) => ({ field, records: [stored] }));
}

async function hitOf(context: GateContext, { stored, judged }: Found): Promise<SearchHit> {
  const { record, unit } = stored;
  const fields = judged.filter(({ decision }) => decision.form === "masked").map(({ field }) => field.name);
  const masks = await openMasks(context.keys, context.vault.registry, { record, unitKey: unit.unitKey, fields });
  const summary = Object.fromEntries([...masks].map(([name, mask]) => [`${record.recordType}.${name}`, mask]));
  return {
    customerId: record.customerId,
    recordId: record.recordId,
    unitId: record.unitId,
    type: record.recordType,
    summary,
  };
}

async function append(context: GateContext, draft: EntryDraft): Promise<Sequenced> {
  const sequenced = await context.ledger.append(draft);
  if (sequenced === null) throw new GateError("busy", "what this search rests on has just changed; ask again");
  return sequenced;
}

interface SearchDone {
  readonly index: IndexType;
  readonly policy: PolicyInForce;
  readonly found: readonly Found[];
  readonly outcome: "allowed" | "denied";
}

function draftOf(asker: Authenticated, question: SearchQuestion, done: SearchDone): EntryDraft {
  const { index, policy, found, outcome } = done;
  const classes: readonly DataClass[] = index.dataClasses;
  const revisions = new Map(found.map(({ resolved }) => [resolved.customerId, resolved.situation?.revision ?? null]));
  return {
    entryId: newId(),
    kind: "search",
    outcome,
    actorId: asker.principalId,
    customerId: null,
    recipientId: null,
    purpose: question.purpose,
    basis: "role-duty",
    classes,
    withheld: question.purpose === "fraud-investigation",
    detail: {
      role: asker.role,
      actorRevision: asker.revision,
      policyRevision: policy.revision,
      index: index.name,
      // What was searched for: a value of interest, readable only through an opening (architecture, Ledger).
      values: question.values,
    },
    guard: { actorRevision: asker.revision, customerRevision: null, policyRevision: policy.revision },
    subjects: [...revisions].map(([customerId, revision]) => ({ customerId, outcome, classes, revision })),
  };
}
