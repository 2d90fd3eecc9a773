// A look at a customer's masked forms, from question to entry: decided, weighed, recorded. What is shown of it, its callers open and put together.
import type { Authenticated } from "../access/access.ts";
import { newId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass, Purpose } from "../kernel/vocabulary.ts";
import type { EntryDraft, Sequenced } from "../ledger/ledger.ts";
import { packedNames, RECORDS_PAGE_MAX, type StoredRecord } from "../vault/vault.ts";
import { holdToCeilings } from "./ceilings.ts";
import type { GateContext } from "./context.ts";
import { standingOf } from "./entry.ts";
import { GateError } from "./errors.ts";
import { actingAs, type Grounds } from "./grounds.ts";
import { groundsOf } from "./invoked.ts";
import { judge, type Judged } from "./judge.ts";
import { basisFor, type Terms } from "./question.ts";
import { resolve } from "./resolve.ts";
import type { Situation } from "./situation.ts";
import { watchDetail, type Weighed } from "./watch.ts";
import { lookOf, reasonOf } from "./watching.ts";
import { NOBODY_NAMED } from "./registered.ts";

export interface MaskedQuestion {
  readonly customerId: Uuid;
  readonly purpose: Purpose;
  /** The grant that the asker invokes in place of its own registration; left out, it asks as itself. */
  readonly as?: Uuid | undefined;
}

/** Of all records, from the one after `after` on, or of one with what it said before. */
type OneLook = MaskedQuestion & { readonly recordId?: Uuid; readonly after?: Uuid | null };

/** Pages of which nothing may be shown are passed over, as many as this. */
const PAGES_MAX = 50;

export interface MaskedLook {
  readonly situation: Situation;
  /** Of these fields masked forms may be shown. */
  readonly shown: readonly Judged[];
  /** Pass as `after` to go on; null at the end. */
  readonly next: Uuid | null;
  readonly sequenced: Sequenced;
}

/**
 * A page at a time: each is a look of its own, decided anew, weighed and recorded. Throws GateError "not-found" outside the asker's rows,
 * "not-permitted" for what the watch stops, "grant-not-in-force", "busy" when the decision kept changing.
 */
export async function lookMasked(context: GateContext, asker: Authenticated, asked: OneLook): Promise<MaskedLook> {
  const policy = context.policy();
  const grounds = await groundsOf(context, asker, {
    kind: "masked-view",
    customerIds: [asked.customerId],
    ...asked,
    basis: basisFor(asked.purpose),
  });
  const acting = actingAs(asker, grounds);
  const [resolved] = await resolve(context, acting, [asked.customerId]);
  const situation = resolved?.situation ?? null;
  const terms: Terms = {
    purpose: asked.purpose,
    basis: basisFor(asked.purpose),
    as: asked.as,
    fields: [],
    form: "masked",
    recipient: null,
    justification: MASKED_SUFFICES,
  };
  const bench = {
    decider: policy.decider,
    asker: acting,
    grounds,
    // A masked view is by the role's duty, which rests on no authorization.
    entitlements: new Map(),
    terms,
    stepUp: context.stepUp,
    covering: NOBODY_NAMED,
    customerCount: 1,
    now: context.clock.now(),
  };
  const { shown, next } = situation === null ? NOTHING : await pageShown(context, bench, situation, asked);
  // The end of a file that was read this far is no refusal.
  const isFurther = situation !== null && (asked.after ?? null) !== null;
  const looked = lookOf(acting, terms, { customerId: asked.customerId, unitId: null, situation, judged: shown });
  const look = isFurther ? { ...looked, refused: false } : looked;
  const weighed = await context.watch.weigh(asker, [look]);
  const concern = weighed?.concerns.get(asked.customerId);
  const isStopped = concern !== undefined && concern.outcome !== "allow";
  const told = { acting, grounds, situation, shown: isStopped ? [] : shown, weighed };
  const draft = draftOf(asker, asked, policy.revision, told);
  const customerIds = told.shown.length > 0 ? [asked.customerId] : [];
  await holdToCeilings(context, asker, { customerIds, fields: 0 }, () => draft);
  const sequenced = await context.append(draft);
  if (sequenced === null) throw new GateError("busy", "what this decision rests on has just changed; ask again");
  await weighed?.recorded(sequenced.entryId);
  if (isStopped && !look.refused) throw new GateError("not-permitted", reasonOf(concern).message);
  if (situation === null || (shown.length === 0 && !isFurther)) throw new GateError("not-found", "no such customer");
  return { situation, shown, next, sequenced };
}

type Page = Pick<MaskedLook, "shown" | "next">;
const NOTHING: Page = { shown: [], next: null };

/** The next page of which something may be shown. */
async function pageShown(
  context: GateContext,
  bench: Parameters<typeof judge>[0],
  situation: Situation,
  asked: OneLook,
): Promise<Page> {
  let page: Page = { shown: [], next: asked.after ?? null };
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const records = await recordsAsked(context, asked, page.next);
    const judged = judgeAll(context, bench, situation, { asked, records });
    const shown = judged.filter(({ decision, stored }) => decision.form !== "denied" && stored !== null);
    const last = records.length < RECORDS_PAGE_MAX ? undefined : records.at(-1);
    page = { shown, next: last?.record.recordId ?? null };
    if (shown.length > 0 || page.next === null) break;
  }
  return page;
}

function recordsAsked(
  { vault }: Pick<GateContext, "vault">,
  { customerId, recordId }: OneLook,
  after: Uuid | null,
): Promise<StoredRecord[]> {
  if (recordId !== undefined) return vault.loadRecords([customerId], { recordId });
  return vault.loadRecords([customerId], after === null ? {} : { after });
}

// A masked form is the lesser one already, so no reason beyond the purpose is asked for.
const MASKED_SUFFICES = "masked view";

function judgeAll(
  context: GateContext,
  bench: Parameters<typeof judge>[0],
  situation: Situation,
  { asked, records }: { readonly asked: OneLook; readonly records: readonly StoredRecord[] },
): Judged[] {
  const { registry } = context.vault;
  const fieldsOf = ({ record }: StoredRecord) => {
    const fields = registry.recordType(record.recordType)?.fields ?? [];
    // What a record said before may have been in a field that it holds no more.
    if (asked.recordId !== undefined) return fields;
    // INVARIANT: an entry says of nothing that it was seen where nothing is, since customers read it.
    const held = packedNames(record.pack);
    return fields.filter(({ name }) => held.has(name));
  };
  const each = records.flatMap((stored) => fieldsOf(stored).map((field) => ({ field, records: [stored] })));
  return judge(bench, situation, { unitId: null }, each);
}

interface Found {
  readonly acting: Authenticated;
  readonly grounds: Grounds;
  readonly situation: Situation | null;
  readonly shown: readonly Judged[];
  readonly weighed: Weighed | null;
}

function draftOf(
  asker: Authenticated,
  asked: OneLook,
  policyRevision: number,
  { acting, grounds, situation, shown, weighed }: Found,
): EntryDraft {
  const classes: DataClass[] = [...new Set(shown.map(({ field }) => field.dataClass))];
  return {
    entryId: newId(),
    kind: "masked-view",
    outcome: shown.length > 0 ? "allowed" : "denied",
    actorId: asker.principalId,
    customerId: asked.customerId,
    recipientId: null,
    purpose: asked.purpose,
    basis: basisFor(asked.purpose),
    classes,
    withheld: asked.purpose === "fraud-investigation" || classes.includes("investigation"),
    detail: {
      role: acting.role,
      ...standingOf(asker, acting, grounds),
      actorRevision: asker.revision,
      policyRevision,
      asked: asked.customerId,
      ...(asked.recordId === undefined ? {} : { history: asked.recordId }),
      ...((asked.after ?? null) === null ? {} : { after: asked.after! }),
      records: [...new Set(shown.map(({ stored }) => stored!.record.recordId))],
      fields: [...new Set(shown.map(({ field }) => field.path))],
      ...(weighed === null ? {} : { watch: watchDetail(weighed) }),
    },
    guard: { actorRevision: asker.revision, customerRevision: situation?.revision ?? null, policyRevision },
  };
}
