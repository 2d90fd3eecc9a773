// The masked view of a customer: every field that this role may see masked, none in clear. Masks are sealed apart; values are not touched.
import type { Authenticated } from "../access/access.ts";
import { newId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass, Flag, Purpose } from "../kernel/vocabulary.ts";
import type { EntryDraft, Sequenced } from "../ledger/ledger.ts";
import { openMasks, type FieldType, type StoredRecord, type UnitHeader } from "../vault/vault.ts";
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

export interface MaskedField {
  readonly field: FieldType;
  readonly value: string | null;
}

export interface MaskedRecord {
  readonly recordId: Uuid;
  readonly unitId: Uuid;
  readonly type: string;
  readonly revision: number;
  readonly fields: readonly MaskedField[];
}

export interface MaskedView {
  readonly customerId: Uuid;
  readonly units: readonly UnitHeader[];
  readonly records: readonly MaskedRecord[];
  readonly flags: readonly Flag[];
  readonly promise: Sequenced["promise"];
}

export interface MaskedQuestion {
  readonly customerId: Uuid;
  readonly purpose: Purpose;
  /** The grant that the asker invokes in place of its own registration; left out, it asks as itself. */
  readonly as?: Uuid | undefined;
}

/** Flags that whoever works on a customer has to know to act rightly; the others decide without being told. */
const FLAGS_TOLD: readonly Flag[] = ["protection-order", "restricted", "minor", "deceased"];

/**
 * Throws GateError "not-found" outside the asker's rows, "not-permitted" for what the watch stops, "grant-not-in-force", "busy" when the decision kept
 * changing.
 */
export async function maskedView(
  context: GateContext,
  asker: Authenticated,
  asked: MaskedQuestion,
): Promise<MaskedView> {
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
    terms,
    stepUp: context.stepUp,
    customerCount: 1,
    now: context.clock.now(),
  };
  const records = situation === null ? [] : await context.vault.loadRecords([asked.customerId]);
  const judged = situation === null ? [] : judgeAll(context, bench, situation, records);
  const shown = judged.filter(({ decision, stored }) => decision.form !== "denied" && stored !== null);
  const look = lookOf(acting, terms, { customerId: asked.customerId, unitId: null, situation, judged: shown });
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
  if (situation === null || shown.length === 0) throw new GateError("not-found", "no such customer");
  return {
    customerId: asked.customerId,
    units: unitsShown(situation, shown),
    records: await maskRecords(context, shown),
    flags: FLAGS_TOLD.filter((flag) => situation.flags.has(flag)),
    promise: sequenced.promise,
  };
}

// A masked form is the lesser one already, so no reason beyond the purpose is asked for.
const MASKED_SUFFICES = "masked view";

function judgeAll(
  context: GateContext,
  bench: Parameters<typeof judge>[0],
  situation: Situation,
  records: readonly StoredRecord[],
): Judged[] {
  const { registry } = context.vault;
  const asked = records.flatMap((stored) =>
    (registry.recordType(stored.record.recordType)?.fields ?? []).map((field) => ({ field, records: [stored] })),
  );
  return judge(bench, situation, { unitId: null }, asked);
}

async function maskRecords(context: GateContext, shown: readonly Judged[]): Promise<MaskedRecord[]> {
  const byRecord = Map.groupBy(shown, ({ stored }) => stored!);
  return Promise.all(
    [...byRecord].map(async ([{ record, unit }, judged]) => {
      const fields = judged.map(({ field }) => field);
      const masks = await openMasks(context.keys, context.vault.registry, {
        record,
        unitKey: unit.unitKey,
        fields: fields.map(({ name }) => name),
      });
      return {
        recordId: record.recordId,
        unitId: record.unitId,
        type: record.recordType,
        revision: record.revision,
        fields: fields
          .filter(({ name }) => masks.has(name))
          .map((field) => ({ field, value: masks.get(field.name) ?? null })),
      };
    }),
  );
}

function unitsShown(situation: Situation, shown: readonly Judged[]): UnitHeader[] {
  const ids = new Set(shown.map(({ stored }) => stored?.record.unitId));
  return [...situation.units.values()].filter(({ unitId }) => ids.has(unitId));
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
  asked: MaskedQuestion,
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
      records: [...new Set(shown.map(({ stored }) => stored!.record.recordId))],
      fields: [...new Set(shown.map(({ field }) => field.path))],
      ...(weighed === null ? {} : { watch: watchDetail(weighed) }),
    },
    guard: { actorRevision: asker.revision, customerRevision: situation?.revision ?? null, policyRevision },
  };
}
