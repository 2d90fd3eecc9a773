// What the gate is answered about the looks that somebody is about to have: at once where nothing is odd, after reading what was decided before where something is.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Flag } from "../kernel/vocabulary.ts";
import type { WatchContext } from "./context.ts";
import type { Kin, KinMemory } from "./kin.ts";
import { type Asker, explanationOf, ORDINARY, type Theme, themeOf, type Tie, toldOf, type Verdict } from "./opening.ts";
import { raiseAlert, type Odd } from "./raise-alert.ts";
import { DECIDED_ALERT, type DecidedAlert } from "./rows.ts";
import type { RelationCode, WatchOutcome } from "./rules.ts";
import type { Scorer } from "./scorer.ts";
import type { InForce } from "./in-force.ts";

/** One look at one customer, as the gate decided it. */
export interface Look {
  readonly customerId: Uuid;
  readonly unitId: Uuid | null;
  readonly tie: Tie;
  readonly isInScope: boolean;
  readonly refused: boolean;
  readonly isClear: boolean;
  readonly flags: ReadonlySet<Flag>;
  readonly hasReason: boolean;
  readonly isFresh: boolean;
  readonly isApproved: boolean;
}

export interface Concern {
  readonly outcome: WatchOutcome;
  readonly told: string;
  readonly detail: { readonly [key: string]: Json };
}

export interface Weighed {
  readonly concerns: ReadonlyMap<Uuid, Concern>;
  recorded(entryId: Uuid): Promise<void>;
}

export interface Weighing {
  readonly context: WatchContext;
  readonly scorer: Scorer;
  readonly kin: KinMemory;
  readonly inForce: InForce;
  /** Reads a person's past once, before the first look is weighed. */
  readonly recall: (asker: Asker) => Promise<void> | null;
  /** Work that nobody waits for. */
  readonly behind: (work: Promise<unknown>) => void;
}

const NO_RELATIONS: ReadonlySet<RelationCode> = new Set();
const NOBODY: Kin = { surname: null, relations: new Map() };

/** INVARIANT: answers at once where everything is remembered and ordinary. */
export function weighLooks(
  weighing: Weighing,
  principal: Authenticated,
  looks: readonly Look[],
): Weighed | null | Promise<Weighed | null> {
  const { kind, principalId, role } = principal;
  if (kind === "customer" || kind === "system") return null;
  const asker: Asker = { principalId, role, isMachine: kind === "client" };
  if (asker.isMachine) return weighWith(weighing, asker, looks, NOBODY);
  const past = weighing.recall(asker);
  const kin = weighing.kin.known(principalId);
  if (past !== null || kin === null || looks.some((look) => needsSurname(look, kin)))
    return weighAfterReading(weighing, asker, looks, past);
  return weighWith(weighing, asker, looks, kin);
}

async function weighAfterReading(
  weighing: Weighing,
  asker: Asker,
  looks: readonly Look[],
  past: Promise<void> | null,
): Promise<Weighed | null> {
  await past;
  const kin = weighing.kin.known(asker.principalId) ?? (await weighing.kin.read(asker.principalId));
  return weighWith(weighing, asker, looks, await withSurnames(weighing, looks, kin));
}

/** INVARIANT: not asked of whom the asker may not know of, since it takes longer for those who exist. */
function needsSurname({ tie, isInScope, customerId }: Look, { surname, relations }: Kin): boolean {
  return surname !== null && isInScope && tie !== "assigned" && tie !== "book" && !relations.has(customerId);
}

async function withSurnames({ context }: Weighing, looks: readonly Look[], kin: Kin): Promise<Kin> {
  const asked = looks.filter((look) => needsSurname(look, kin)).map(({ customerId }) => customerId);
  if (kin.surname === null || asked.length === 0) return kin;
  const sharing = await context.vault.sharingSurname(asked, kin.surname);
  const relations = new Map(kin.relations);
  for (const customerId of sharing) relations.set(customerId, new Set(["same-surname"]));
  return { ...kin, relations };
}

interface Weighed1 {
  readonly look: Look;
  readonly verdict: Verdict;
}

function weighWith(
  weighing: Weighing,
  asker: Asker,
  looks: readonly Look[],
  kin: Kin,
): Weighed | null | Promise<Weighed | null> {
  const { scorer, inForce, context } = weighing;
  const atMs = context.clock.now().getTime();
  const widened = inForce.widenedFor(asker.role, atMs);
  const isNarrowed = inForce.isNarrowed(asker.principalId);
  const odd: Weighed1[] = [];
  for (const look of looks) {
    const { customerId, unitId, tie, refused, isClear, flags } = look;
    const relations = kin.relations.get(customerId) ?? NO_RELATIONS;
    const weighed = scorer.weigh(
      asker,
      { atMs, customerId, workUnitId: unitId, tie, refused, isClear, flags, relations },
      widened,
    );
    const verdict = isNarrowed && !asker.isMachine ? narrowed(weighed, look) : weighed;
    if (verdict !== ORDINARY) odd.push({ look, verdict });
  }
  if (odd.length === 0) return null;
  const isSettled = odd.every(({ verdict }) => verdict.outcome === "allow" && !verdict.isAlert);
  return isSettled ? weighedOf(weighing, asker, odd, []) : settle(weighing, asker, odd);
}

const NARROWED = "narrowed to assigned work until what is open has been reviewed";

/** Whoever has too much that nobody has reviewed keeps to what is assigned. */
function narrowed(verdict: Verdict, { tie, refused }: Look): Verdict {
  if (refused || tie === "assigned" || tie === "book") return verdict;
  const signal = { code: "no-assignment", points: 0, says: NARROWED, detail: "" } as const;
  return { ...verdict, outcome: "hold", signals: [signal, ...verdict.signals] };
}

/** What a reviewer has found explained is not asked again for a while. */
async function settle(weighing: Weighing, asker: Asker, odd: readonly Weighed1[]): Promise<Weighed> {
  const { authority, database, clock } = weighing.context;
  const decided = await authority.live(database, DECIDED_ALERT, asker.principalId);
  const now = clock.now();
  const clearing = decided
    .map(({ content }) => content)
    .filter(({ clearsUntil }) => clearsUntil !== null && now < new Date(clearsUntil));
  return weighedOf(weighing, asker, odd, clearing);
}

/** Themes about how much somebody looks at; the others are about the very customers of the alert. */
const OF_ACTIVITY: ReadonlySet<Theme> = new Set([
  "unassigned",
  "volume",
  "guessing",
  "odd-hours",
  "dormant",
  "many-from-one-work",
]);

function isCleared({ look, verdict }: Weighed1, clearing: readonly DecidedAlert[]): boolean {
  const theme = themeOf(verdict);
  // Nobody explains why they serve themselves.
  if (theme === "own-file") return false;
  return clearing.some(
    ({ alert }) =>
      alert.theme === theme &&
      (OF_ACTIVITY.has(theme) || alert.evidence.some(({ customerId }) => customerId === look.customerId)),
  );
}

function weighedOf(
  weighing: Weighing,
  asker: Asker,
  odd: readonly Weighed1[],
  clearing: readonly DecidedAlert[],
): Weighed {
  const open = odd.filter((one) => !isCleared(one, clearing));
  const concerns = new Map(
    odd.map((one): [Uuid, Concern] => {
      const { look, verdict } = one;
      const outcome = open.includes(one) ? outcomeFor(look, verdict) : "allow";
      const rules = verdict.signals.map(({ code, points }) => ({ rule: code, points }));
      const says = explanationOf(verdict);
      return [look.customerId, { outcome, told: toldOf(verdict), detail: { points: verdict.points, rules, says } }];
    }),
  );
  const alerting = open.filter(({ verdict }) => verdict.isAlert);
  return {
    concerns,
    recorded: async (entryId) => {
      if (alerting.length === 0) return;
      const work = raiseAll(weighing, asker, alerting, { entryId, concerns });
      // Nothing was given: that it takes longer must not tell whom the ids belong to.
      if (odd.every(({ look }) => look.refused)) weighing.behind(work);
      else await work;
    },
  };
}

/** What was given already need not be asked for. */
function outcomeFor(look: Look, { outcome }: Verdict): WatchOutcome {
  if (outcome === "ask-reason" && look.hasReason) return "allow";
  if (outcome === "step-up" && look.isFresh) return "allow";
  if (outcome === "second-person" && look.isApproved) return "allow";
  return outcome;
}

interface Told {
  readonly entryId: Uuid;
  readonly concerns: ReadonlyMap<Uuid, Concern>;
}

/** One alert for each theme, the evidence of all its customers in it. */
async function raiseAll(
  { context, inForce }: Weighing,
  { principalId }: Asker,
  alerting: readonly Weighed1[],
  { entryId, concerns }: Told,
): Promise<void> {
  const at = context.clock.now().toISOString();
  for (const [theme, of] of Map.groupBy(alerting, ({ verdict }) => themeOf(verdict))) {
    const oddest = of.reduce((most, one) => (one.verdict.points > most.verdict.points ? one : most));
    const odd: Odd = {
      principalId,
      theme,
      points: oddest.verdict.points,
      says: explanationOf(oddest.verdict),
      rules: [...new Set(of.flatMap(({ verdict }) => verdict.signals.map(({ code }) => code)))],
      isWithheld: false,
      evidence: of.slice(0, 50).map(({ look: { customerId }, verdict }) => ({
        entryId,
        customerId,
        at,
        outcome: concerns.get(customerId)?.outcome ?? "allow",
        says: explanationOf(verdict).slice(0, 1000),
      })),
    };
    inForce.noteOpenPoints(principalId, await raiseAlert(context, odd));
  }
}
