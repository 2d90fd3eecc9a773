// Which purposes and bases somebody may state about a customer such that anything would be answered: found by deciding, never by a second rule book.
import { setImmediate as breathe } from "node:timers/promises";
import type { Authenticated } from "../access/access.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { BASES, type Basis, type DataClass, type Form, FORMS, type Purpose, type Role } from "../kernel/vocabulary.ts";
import type { EntryDraft } from "../ledger/ledger.ts";
import type { FieldType, Registry } from "../vault/vault.ts";
import type { GateContext } from "./context.ts";
import { entitlementsOf, type Entitlements } from "./entitlements.ts";
import { standingOf } from "./entry.ts";
import { GateError } from "./errors.ts";
import { actingAs, type Grounds } from "./grounds.ts";
import { groundsOf } from "./invoked.ts";
import { bestForm, type Bench, type PlacedUnit } from "./judge.ts";
import { type Decider, WORK_KINDS, type WorkKind } from "./policy/policy.ts";
import { basisFor } from "./question.ts";
import { resolve } from "./resolve.ts";
import { type Situation, unitFacts } from "./situation.ts";
import { NOBODY_NAMED } from "./registered.ts";

export interface OptionsQuestion {
  readonly customerId: Uuid;
  /** The claim or policy in hand; null asks about everything within the asker's rows. */
  readonly unitId: Uuid | null;
  readonly as?: Uuid | undefined;
}

export interface ClassOption {
  readonly dataClass: DataClass;
  /** The most that any field of the class would be answered in, once what is needed is given. */
  readonly form: Exclude<Form, "denied">;
  /** Beyond the standard view of the work in hand: a justification has to be given. */
  readonly needsReason: boolean;
  /** A second factor has to be shown again, or a passkey. */
  readonly needsStepUp: boolean;
  /** Of those a passkey alone: the code of an app gets no more. */
  readonly needsPasskey: boolean;
}

export interface Option {
  readonly purpose: Purpose;
  readonly basis: Basis;
  readonly classes: readonly ClassOption[];
  /** Refused, unless two others approve: to be asked for with the refusal. */
  readonly uponApproval: readonly DataClass[];
}

/**
 * Empty where the customer is outside the asker's rows or does not exist: the two cannot be told apart. Throws GateError "grant-not-in-force" (recorded),
 * "busy".
 */
export async function options(
  context: GateContext,
  asker: Authenticated,
  question: OptionsQuestion,
): Promise<readonly Option[]> {
  const policy = context.policy();
  const { acting, grounds } = await groundsFor(context, asker, question, asker.purposes[0] ?? "administration");
  const [resolved] = await resolve(context, acting, [question.customerId]);
  const situation = resolved?.situation ?? null;
  const { decider } = policy;
  const found = situation === null ? [] : await optionsOf(context, { decider, asker, acting, situation, question });
  const told = { acting, grounds, situation, found };
  if ((await context.append(draftOf(asker, question, policy.revision, told))) === null)
    throw new GateError("busy", "what this rests on has just changed; ask again");
  return found;
}

interface Told {
  readonly acting: Authenticated;
  readonly grounds: Grounds;
}

async function groundsFor(
  context: GateContext,
  asker: Authenticated,
  { customerId, as }: OptionsQuestion,
  purpose: Purpose,
): Promise<Told> {
  const basis = basisFor(purpose);
  const grounds = await groundsOf(context, asker, { kind: "preview", customerIds: [customerId], purpose, basis, as });
  return { acting: actingAs(asker, grounds), grounds };
}

interface Asked {
  readonly decider: Decider;
  readonly asker: Authenticated;
  readonly acting: Authenticated;
  readonly situation: Situation;
  readonly question: OptionsQuestion;
}

async function optionsOf(
  context: GateContext,
  { decider, asker, acting, situation, question }: Asked,
): Promise<readonly Option[]> {
  const work = question.unitId === null ? null : (situation.units.get(question.unitId)?.kind ?? null);
  const kinds = kindsOfField(decider, context.vault.registry, { role: acting.role, work });
  const found: Option[] = [];
  for (const purpose of acting.purposes) {
    const told = await groundsFor(context, asker, question, purpose);
    const alike = unitsAlike(unitsAsked(told.acting, situation, question.unitId));
    for (const basis of BASES) {
      const entitlements = await entitledBy(context, told, situation, { purpose, basis });
      const units = entitlements.size === 0 ? alike : unitsAsked(told.acting, situation, question.unitId);
      const bench: Bench = {
        decider,
        asker: told.acting,
        grounds: told.grounds,
        entitlements,
        terms: { purpose, basis, fields: [], form: "clear", recipient: null, as: question.as, justification: null },
        stepUp: context.stepUp,
        covering: NOBODY_NAMED,
        customerCount: 1,
        now: context.clock.now(),
      };
      const bestOf = (of: readonly FieldType[], at: Bench) =>
        of.map((kind) => bestForm(at, situation, { units, work }, kind));
      const classes = classesOf(kinds, (given) => bestOf(kinds, withGiven(bench, given)));
      const others = kinds.filter((kind) => classes.every(({ dataClass }) => dataClass !== kind.dataClass));
      const uponApproval = (): DataClass[] => [
        ...bestByClass(others, bestOf(others, approved(withGiven(bench, ALL_GIVEN), situation, others))).keys(),
      ];
      if (classes.length > 0) found.push({ purpose, basis, classes, uponApproval: uponApproval() });
      // Decisions that nobody remembers yet take a while; others are answered in between.
      await breathe();
    }
  }
  return found;
}

/** What the asker may still give. */
interface Given {
  readonly reason: boolean;
  /** What is shown again; a passkey is as good as a code, and a code is not as good as a passkey. */
  readonly factor: "passkey" | "code" | null;
}

/** One field for each kind that the decision could treat differently: fields alike in class, trait and standard view are answered alike. */
function kindsOfField(
  { policySet: { traitOf, views } }: Decider,
  registry: Registry,
  { role, work }: { readonly role: Role; readonly work: WorkKind | null },
): readonly FieldType[] {
  const works = work === null ? WORK_KINDS : [work];
  const of = ({ dataClass, path }: FieldType): string =>
    `${dataClass} ${traitOf(path)} ${works.some((kind) => views.needs(role, kind, path))}`;
  return [...new Map(registry.allFields().map((field) => [of(field), field])).values()];
}

/** What would be shown to the asker themselves. */
function entitledBy(
  context: GateContext,
  { acting }: Told,
  situation: Situation,
  stated: { readonly purpose: Purpose; readonly basis: Basis },
): Entitlements | Promise<Entitlements> {
  return entitlementsOf(context, acting, [{ situation }], { ...stated, recipient: null });
}

/** The unit in hand with the relationship's own, or all of them. */
function unitsAsked(acting: Authenticated, situation: Situation, unitId: Uuid | null): PlacedUnit[] {
  const units = [...situation.units.values()].filter(
    (unit) => unitId === null || unit.unitId === unitId || unit.kind === "relationship",
  );
  return units.map((unit) => ({ unit, facts: unitFacts(acting, situation, unit) }));
}

/** Units that stand alike to the asker once. */
function unitsAlike(units: readonly PlacedUnit[]): PlacedUnit[] {
  return [...new Map(units.map((one) => [JSON.stringify(one.facts), one])).values()];
}

function withGiven(bench: Bench, { reason, factor }: Given): Bench {
  const { asker, terms, now } = bench;
  const shown = factor === "passkey" ? { strongAt: now, phishingResistantAt: now } : { strongAt: now };
  const signIn = asker.signIn === null ? null : { ...asker.signIn, ...shown };
  return {
    ...bench,
    asker: factor === null ? asker : { ...asker, signIn },
    terms: reason ? { ...terms, justification: "given" } : terms,
  };
}

const ALL_GIVEN: Given = { reason: true, factor: "passkey" };

/** As if two others had approved these classes of this customer. */
function approved(bench: Bench, { customerId }: Situation, kinds: readonly FieldType[]): Bench {
  const { grounds } = bench;
  const known = grounds.customers.get(customerId) ?? {};
  const classes = [...(known.approved ?? []), ...kinds.map(({ dataClass }) => dataClass)];
  const customers = new Map(grounds.customers).set(customerId, { ...known, approved: classes });
  return { ...bench, grounds: { ...grounds, customers } };
}

/** INVARIANT: `formsWith` is asked about what more would be given only where giving everything gets anything. */
function classesOf(kinds: readonly FieldType[], formsWith: (given: Given) => readonly Form[]): ClassOption[] {
  const best = bestByClass(kinds, formsWith(ALL_GIVEN));
  if (best.size === 0) return [];
  const unjustified = bestByClass(kinds, formsWith({ reason: false, factor: "passkey" }));
  const asSignedIn = bestByClass(kinds, formsWith({ reason: true, factor: null }));
  const needsStepUp = [...best].some(([dataClass, form]) => asSignedIn.get(dataClass) !== form);
  const byCode = needsStepUp ? bestByClass(kinds, formsWith({ reason: true, factor: "code" })) : asSignedIn;
  return [...best].map(([dataClass, form]) => ({
    dataClass,
    form,
    needsReason: unjustified.get(dataClass) !== form,
    needsStepUp: asSignedIn.get(dataClass) !== form,
    needsPasskey: byCode.get(dataClass) !== form,
  }));
}

function bestByClass(kinds: readonly FieldType[], forms: readonly Form[]): Map<DataClass, ClassOption["form"]> {
  const best = new Map<DataClass, ClassOption["form"]>();
  kinds.forEach(({ dataClass }, at) => {
    const form = forms[at];
    if (form === undefined || form === "denied") return;
    const known = best.get(dataClass);
    if (known === undefined || FORMS.indexOf(form) < FORMS.indexOf(known)) best.set(dataClass, form);
  });
  return best;
}

function draftOf(
  asker: Authenticated,
  { customerId, unitId }: OptionsQuestion,
  policyRevision: number,
  {
    acting,
    grounds,
    situation,
    found,
  }: Told & { readonly situation: Situation | null; readonly found: readonly Option[] },
): EntryDraft {
  const told: Json = found.map(({ purpose, basis }) => ({ purpose, basis }));
  return {
    entryId: newId(),
    kind: "preview",
    outcome: found.length > 0 ? "done" : "denied",
    actorId: asker.principalId,
    customerId,
    recipientId: null,
    purpose: null,
    basis: null,
    classes: [],
    // INVARIANT: of whoever investigates, every question is kept from the customer and from ordinary readers.
    withheld: acting.purposes.includes("fraud-investigation") || acting.purposes.includes("legal-demand"),
    detail: {
      role: acting.role,
      ...standingOf(asker, acting, grounds),
      actorRevision: asker.revision,
      policyRevision,
      asked: "options",
      unit: unitId,
      options: told,
    },
    guard: { actorRevision: asker.revision, customerRevision: situation?.revision ?? null, policyRevision },
  };
}
