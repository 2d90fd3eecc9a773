// A disclosure from question to answer: resolve, decide, record, open, release.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Sequenced } from "../ledger/ledger.ts";
import { packedNames, type FieldType, type StoredRecord } from "../vault/vault.ts";
import { entitlementsOf, type RestedOn } from "./entitlements.ts";
import { holdToCeilings, spendingOf } from "./ceilings.ts";
import type { GateContext, PolicyInForce } from "./context.ts";
import { withoutDemanded } from "./demanded.ts";
import { disclosureDraft, outcomeOf, restedOn, type Decided, type DisclosureOutcome, type Part } from "./entry.ts";
import { GateError } from "./errors.ts";
import { actingAs } from "./grounds.ts";
import { groundsOf } from "./invoked.ts";
import { judge, judgeBlind, type Bench, type Judged } from "./judge.ts";
import { obligationsOf } from "./obligations.ts";
import { withoutInvestigations } from "./others.ts";
import type { Reason, WorkKind } from "./policy/policy.ts";
import type { BatchQuestion, Subject, Terms } from "./question.ts";
import { release, type FieldAnswer } from "./release.ts";
import { recordsOf, resolve, typesOf, type Resolved } from "./resolve.ts";
import type { Issued } from "../tokens/tokens.ts";
import { coveringOf, type Registered, registeredOf, requireUnchanged, tokenStyleOf } from "./registered.ts";
import { askedOf, fieldsNamed, fieldsOfView } from "./targets.ts";
import { afterWatch, lookOf } from "./watching.ts";

/** How often a stale decision is taken anew before the asker is told to come back. */
const ATTEMPTS_MAX = 4;

export interface CustomerAnswer {
  readonly customerId: Uuid;
  readonly outcome: DisclosureOutcome;
  readonly fields: readonly FieldAnswer[];
}

export interface DisclosureAnswer {
  readonly disclosureId: Uuid;
  readonly outcome: DisclosureOutcome;
  readonly customers: readonly CustomerAnswer[];
  readonly obligations: readonly Reason[];
  readonly promise: Sequenced["promise"];
  /** Authorizations and processes that what was released rests on, beside what the register and the asker's own role allow. */
  readonly restedOn: readonly RestedOn[];
}

/**
 * Answers one question about one or many customers with one ledger entry. Throws GateError "unknown-field", "no-standard-view", "too-many-fields",
 * "grant-not-in-force" (recorded), "no-longer-active", "ceiling-reached" (recorded), "busy" and "does-not-open".
 */
export async function disclose(
  context: GateContext,
  asker: Authenticated,
  question: BatchQuestion,
): Promise<DisclosureAnswer> {
  const recorded = await decideAndRecord(context, asker, question, DISCLOSING);
  await requireUnchanged(context, question, recorded.registered);
  return releaseAll(context, question, recorded);
}

/** How a question is written down, and what of its answer counts towards the ceilings of a system. */
export interface Asking {
  readonly kind: "disclosure" | "preview";
  readonly draft: typeof disclosureDraft;
  readonly spending: typeof spendingOf;
}

const DISCLOSING: Asking = { kind: "disclosure", draft: disclosureDraft, spending: spendingOf };

export interface Recorded {
  readonly parts: readonly Part[];
  readonly sequenced: Sequenced;
}

export interface RecordedBy extends Recorded {
  readonly current: Authenticated;
  readonly restedOn: readonly RestedOn[];
  /** What the register said of the recipient. */
  readonly registered: Registered | null;
}

/** INVARIANT: what comes back is written down; a decision that had become stale meanwhile was taken anew. Throws as `disclose`. */
export async function decideAndRecord(
  context: GateContext,
  asker: Authenticated,
  question: BatchQuestion,
  asking: Asking,
): Promise<RecordedBy> {
  let current = asker;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const policy = context.policy();
    const decided = await decide(context, current, { policy, question, kind: asking.kind });
    const asked = context.watch.weigh(
      current,
      decided.parts.map((part) => lookOf(decided.acting, question, part)),
    );
    const weighed = asked instanceof Promise ? await asked : asked;
    const parts = afterWatch(decided.parts, weighed);
    const draft = asking.draft(current, question, { ...decided, policyRevision: policy.revision, parts, weighed });
    // What was counted once is counted, also where the decision has to be taken anew.
    if (attempt === 0) await holdToCeilings(context, current, asking.spending(parts), () => draft);
    const sequenced = await context.append(draft);
    if (sequenced !== null) {
      await weighed?.recorded(sequenced.entryId);
      const rested = restedOn({ ...decided, parts });
      return { current, parts, sequenced, registered: decided.registered, restedOn: rested };
    }
    current = await afresh(context, current);
  }
  throw new GateError("busy", "what this decision rests on keeps changing; ask again");
}

interface Deciding extends Pick<Asking, "kind"> {
  readonly policy: PolicyInForce;
  readonly question: BatchQuestion;
}

async function decide(
  context: GateContext,
  asker: Authenticated,
  { policy, question, kind }: Deciding,
): Promise<Pick<Decided, "acting" | "grounds" | "entitlements" | "parts" | "registered">> {
  const customerIds = question.subjects.map(({ customerId }) => customerId);
  const grounds = await groundsOf(context, asker, { kind, customerIds, ...question });
  const acting = actingAs(asker, grounds);
  const registered = await registeredOf(context, question);
  const { stepUp, clock } = context;
  const named = question.fields === null ? null : fieldsNamed(context.vault.registry, question.fields);
  const resolved = await resolve(context, acting, customerIds, named === null ? [] : typesOf(named));
  const entitling = entitlementsOf(context, acting, resolved, question);
  const entitlements = entitling instanceof Promise ? await entitling : entitling;
  const bench: Bench = {
    decider: policy.decider,
    asker: acting,
    grounds,
    entitlements,
    terms: question,
    stepUp,
    covering: coveringOf(registered, question),
    customerCount: customerIds.length,
    now: clock.now(),
  };
  const fields = resolved.map((one, at) => named ?? fieldsOfWork(context, bench, question.subjects[at]!, one));
  const ofViews =
    named === null || question.page !== undefined
      ? await recordsOfViews(context, resolved, fields.flat(), question.page)
      : null;
  const found = resolved.map(({ customerId, records }) =>
    ofViews === null ? records : (ofViews.get(customerId) ?? []),
  );
  const held = asker.customerId === null ? found : await withoutDemanded(context, asker, withoutInvestigations(found));
  const then = await asTheyStood(context, question.subjects, held);
  const parts = resolved.map(({ customerId, situation }, at): Part => {
    const subject = question.subjects[at]!;
    const asked = fields[at] ?? [];
    const judged =
      situation === null
        ? judgeBlind(bench, asked, null)
        : ofWhatThereIs(question, judge(bench, situation, subject, askedOf(asked, then[at] ?? [], subject)));
    return { customerId, unitId: subject.unitId, situation, judged };
  });
  return { acting, grounds, entitlements, parts, registered };
}

/** Of whoever asks about an earlier revision, that in place of the record; nothing where there is none. Nothing is waited for where nobody does. */
async function asTheyStood(
  { vault }: GateContext,
  subjects: readonly Subject[],
  found: readonly (readonly StoredRecord[])[],
): Promise<readonly (readonly StoredRecord[])[]> {
  if (subjects.every(({ revision }) => revision === undefined)) return found;
  const read = async (stored: StoredRecord, revision: number): Promise<readonly StoredRecord[]> => {
    const [record] = await vault.revisions(stored.record, { before: revision + 1, limit: 1 });
    const isIt = record?.revision === revision && record.unitId === stored.unit.header.unitId;
    return isIt ? [{ record, unit: stored.unit }] : [];
  };
  return Promise.all(
    found.map(async (records, at) => {
      const { recordIds, revision } = subjects[at]!;
      if (revision === undefined) return records;
      const meant = records.filter(({ record }) => recordIds?.has(record.recordId) === true);
      return (await Promise.all(meant.map((stored) => read(stored, revision)))).flat();
    }),
  );
}

/** What a standard view shows is known only once the units are. */
function recordsOfViews(
  context: GateContext,
  resolved: readonly Resolved[],
  fields: readonly FieldType[],
  page?: Terms["page"],
): Promise<Map<Uuid, StoredRecord[]>> {
  const within = resolved.filter(({ situation }) => situation !== null).map(({ customerId }) => customerId);
  return recordsOf(context, within, fields, page);
}

/** A standard view is of what there is: what a record does not hold is left out, rather than answered as empty. */
function ofWhatThereIs(terms: Terms, judged: readonly Judged[]): readonly Judged[] {
  if (terms.fields !== null) return judged;
  return judged.filter(({ field, stored, nothingHeld }) =>
    stored === null ? !nothingHeld : packedNames(stored.record.pack).has(field.name),
  );
}

function fieldsOfWork(context: GateContext, bench: Bench, subject: Subject, resolved: Resolved): FieldType[] {
  if (subject.unitId === null)
    throw new GateError("no-standard-view", "name the fields, or the unit in hand as workContext");
  const { views } = bench.decider.policySet;
  return fieldsOfView(context.vault.registry, views, bench.asker.role, workOf(bench, subject.unitId, resolved));
}

/** The kind of the unit in hand. INVARIANT: for a stranger it is the role's own first kind of work, whatever the unit is, so that nothing is told. */
function workOf(bench: Bench, unitId: Uuid, { situation }: Resolved): WorkKind {
  return situation?.units.get(unitId)?.kind ?? bench.decider.policySet.views.usual(bench.asker.role);
}

async function afresh(context: GateContext, asker: Authenticated): Promise<Authenticated> {
  const current = await context.access.reread(asker.principalId);
  if (current === null) throw new GateError("no-longer-active", "this client is no longer active");
  // INVARIANT: no wider than what was asked with: a token may stand for less than its principal, or for the part that two of them share.
  if (current.revision === asker.revision) return asker;
  if (asker.via !== undefined) throw new GateError("busy", "the rights of whoever asks have just changed; ask again");
  const purposes = current.purposes.filter((purpose) => asker.purposes.includes(purpose));
  return { ...current, purposes, signIn: asker.signIn };
}

async function releaseAll(
  context: GateContext,
  terms: Terms,
  { current, parts, sequenced, registered, restedOn: rested }: RecordedBy,
): Promise<DisclosureAnswer> {
  const { keys, vault } = context;
  const opener = {
    keys,
    registry: vault.registry,
    origins: vault.origins,
    asksOrigins: terms.origins === true,
    forCustomer: current.customerId !== null,
  };
  const receiver = terms.recipient?.recipientId ?? current.principalId;
  const scope = { receiver, styleOf: tokenStyleOf(registered, terms, context.vault.registry) };
  const customers: CustomerAnswer[] = [];
  for (const { customerId, situation, judged } of parts) {
    const ofCustomer = { ...opener, disputes: situation?.disputes ?? [] };
    customers.push({ customerId, outcome: outcomeOf(judged), fields: await release(ofCustomer, judged, scope) });
  }
  if (registered !== null) {
    const giving = { receiver: registered.recipientId, purpose: terms.purpose, at: context.clock.now() };
    await context.issueTokens(giving, tokensIn(customers, scope.styleOf));
  }
  const judged = parts.flatMap((part) => part.judged);
  return {
    disclosureId: sequenced.entryId,
    outcome: outcomeOf(judged),
    customers,
    obligations: obligationsOf(judged, terms),
    promise: sequenced.promise,
    restedOn: rested,
  };
}

/** What whoever got a token may later ask about. */
function tokensIn(customers: readonly CustomerAnswer[], styleOf: (field: string) => string): Issued[] {
  return customers.flatMap(({ customerId, fields }) =>
    fields.flatMap(({ form, value, recordId, field }) =>
      form !== "token" || value === undefined || recordId === null
        ? []
        : [{ token: value, style: styleOf(field), customerId, recordId, field }],
    ),
  );
}
