// Searching is a disclosure: it needs a right to what is asked about, rows are scoped before anything is counted, and it is an entry.
import type { Authenticated } from "../access/access.ts";
import { newId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass, Purpose } from "../kernel/vocabulary.ts";
import type { EntryDraft, Sequenced } from "../ledger/ledger.ts";
import { openMasks, VaultError, type FieldType, type IndexType, type StoredRecord } from "../vault/vault.ts";
import { onTheBeat } from "../kernel/beat.ts";
import { holdToCeilings } from "./ceilings.ts";
import type { GateContext, PolicyInForce } from "./context.ts";
import { standingOf } from "./entry.ts";
import { GateError } from "./errors.ts";
import { actingAs, type Grounds } from "./grounds.ts";
import { groundsOf, type Invoking } from "./invoked.ts";
import { couldSee, judge, type Bench, type Judged } from "./judge.ts";
import { basisFor, type Terms } from "./question.ts";
import { resolve, type Resolved } from "./resolve.ts";
import { SEARCHES_AN_HOUR_MAX, spendSearch } from "./search-allowance.ts";
import { NOBODY_NAMED } from "./registered.ts";

export interface SearchQuestion {
  readonly index: string;
  readonly values: Readonly<Record<string, string>>;
  readonly purpose: Purpose;
  /** The grant that the asker invokes in place of its own registration; left out, it asks as itself. */
  readonly as?: Uuid | undefined;
  /** ISO 3166-1 alpha-2: where a telephone number is from that names no country itself. */
  readonly country?: string | undefined;
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
const HOUR_MS = 3_600_000;
/** Longer than nearly every search takes, so that nearly all take equally long. */
export const SEARCH_BEAT_MS = 50;

/**
 * Throws GateError "unknown-index", "not-permitted" (recorded) and "busy"; VaultError "invalid-field" for values that cannot be searched by.
 * INVARIANT: how long it takes, what it counts and whether it ends are the same whatever lies outside the asker's rows.
 */
export async function search(
  context: GateContext,
  asker: Authenticated,
  question: SearchQuestion,
): Promise<SearchAnswer> {
  return onTheBeat(context.searchBeatMs, () => searchNow(context, asker, question));
}

async function searchNow(context: GateContext, asker: Authenticated, question: SearchQuestion): Promise<SearchAnswer> {
  const { vault } = context;
  const index = vault.registry.index(question.index);
  if (index === null) throw new GateError("unknown-index", "no such index; see GET /v1/schema");
  const policy = context.policy();
  const grounds = await groundsOf(context, asker, invoking(question, []));
  const judging = bench(context, policy, actingAs(asker, grounds), { question, grounds });
  const { values, country } = question;
  const asked = { indexName: index.name, values, ...(country === undefined ? {} : { context: { country } }) };
  const rightless = await rightRefusal(context, judging, question, index);
  const spent = rightless === null ? await spendSearch(context, asker, vault.searchTargets(asked)) : null;
  const refusal = rightless ?? spent?.refusal ?? null;
  const denied = (): Promise<Sequenced> =>
    append(context, draftOf(asker, question, { index, policy, judging, found: [], outcome: "denied" }));
  if (refusal !== null) {
    await denied();
    throw new GateError("not-permitted", refusal);
  }
  const keep = (hits: readonly Hit[]): Promise<Found[]> => withinScope(context, asker, { ...judging, index }, hits);
  const { hits: shown, truncated } = await vault
    .searchCounting(asked, { limit: HITS_MAX, keep })
    .catch(async (error: unknown) => {
      // Given up, and yet the client has tried.
      if (error instanceof VaultError) await denied();
      throw error;
    });
  if (shown.length > 0) await spent?.giveBack();
  if (isByName(index)) context.watch.searchedByName(asker);
  const customerIds = [...new Set(shown.map(({ stored }) => stored.record.customerId))];
  await holdToCeilings(context, asker, { customerIds, fields: 0 }, () =>
    draftOf(asker, question, { index, policy, judging, found: shown, outcome: "denied" }),
  );
  const sequenced = await append(
    context,
    draftOf(asker, question, { index, policy, judging, found: shown, outcome: "allowed" }),
  );
  return {
    searchId: sequenced.entryId,
    hits: await Promise.all(shown.map((one) => hitOf(context, one))),
    // INVARIANT: told of hits within scope alone; what lies outside does not even show in a count.
    truncated,
    promise: sequenced.promise,
  };
}

function invoking({ purpose, as }: SearchQuestion, customerIds: readonly Uuid[]): Invoking {
  return { kind: "search", customerIds, purpose, basis: basisFor(purpose), as };
}

function bench(
  context: GateContext,
  policy: PolicyInForce,
  asker: Authenticated,
  { question, grounds }: { readonly question: SearchQuestion; readonly grounds: Grounds },
): Bench {
  const terms: Terms = {
    purpose: question.purpose,
    basis: basisFor(question.purpose),
    as: question.as,
    fields: [],
    form: "masked",
    recipient: null,
    justification: "search",
  };
  const { stepUp, clock } = context;
  // A search shows masks of few, whatever it finds.
  return {
    decider: policy.decider,
    asker,
    grounds,
    entitlements: new Map(),
    terms,
    stepUp,
    covering: NOBODY_NAMED,
    customerCount: 1,
    now: clock.now(),
  };
}

/** Null when the asker may search by this index; otherwise why not, in words that are safe to show. */
async function rightRefusal(
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
  // The ledger's own count, which nobody can set back; searches that come at once are counted by `spendSearch`.
  const since = new Date(context.clock.now().getTime() - HOUR_MS);
  const searches = await context.ledger.countBy(asker.principalId, "search", since);
  return searches >= SEARCHES_AN_HOUR_MAX ? `more than ${SEARCHES_AN_HOUR_MAX} searches within an hour` : null;
}

interface Found {
  readonly stored: StoredRecord;
  readonly resolved: Resolved;
  readonly judged: readonly Judged[];
}

interface Hit {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
}

/** INVARIANT: scoped before counting. A hit counts only when the asker may see, at least masked, every field that the index is made of. */
async function withinScope(
  context: GateContext,
  asker: Authenticated,
  { index, ...before }: Bench & { readonly index: IndexType },
  hits: readonly Hit[],
): Promise<Found[]> {
  const customerIds = [...new Set(hits.map(({ customerId }) => customerId))];
  const { purpose, basis, as } = before.terms;
  const grounds = await groundsOf(context, asker, { kind: "search", customerIds, purpose, basis, as });
  const judging = { ...before, grounds };
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
  const sequenced = await context.append(draft);
  if (sequenced === null) throw new GateError("busy", "what this search rests on has just changed; ask again");
  return sequenced;
}

/** Whoever has a number in hand has work; whoever has a name may have a person in mind. */
function isByName({ parts }: IndexType): boolean {
  return parts.some(({ field }) => field === "last-name" || field === "legal-name");
}

interface SearchDone {
  readonly index: IndexType;
  readonly policy: PolicyInForce;
  readonly judging: Bench;
  readonly found: readonly Found[];
  readonly outcome: "allowed" | "denied";
}

function draftOf(asker: Authenticated, question: SearchQuestion, done: SearchDone): EntryDraft {
  const { index, policy, judging, found, outcome } = done;
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
    basis: basisFor(question.purpose),
    classes,
    withheld: question.purpose === "fraud-investigation",
    detail: {
      role: judging.asker.role,
      ...standingOf(asker, judging.asker, judging.grounds),
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
