// A list, collected off the ledger: which law makes it, and the lines that count under it.
import type { Uuid } from "../kernel/bytes.ts";
import type { EntryFilter, OpenedEntry, Page, PageRequest } from "../ledger/ledger.ts";
import { type Fitting, fittingLaws } from "./choose-law.ts";
import type { AccountingContext } from "./context.ts";
import { AccountingError } from "./errors.ts";
import { countsInTimeline, countsUnder, factsOf, type Told } from "./line.ts";
import type { Law, LawRules } from "./rules.ts";

export interface ListQuestion {
  readonly customerId: Uuid;
  /** Null: the law that fits. */
  readonly law: Law | "timeline" | null;
}

export interface ChosenList {
  readonly laws: readonly Fitting[];
  /** Null: the timeline. */
  readonly chosen: Fitting | null;
}

/** By which something of a customer was shown, used, or asked for and refused. */
export const KINDS: NonNullable<EntryFilter["kinds"]> = [
  "disclosure",
  "masked-view",
  "search",
  "opening-read",
  "link-read",
  "flag-read",
];
const DISCLOSING: NonNullable<EntryFilter["kinds"]> = ["disclosure", "masked-view", "search"];
/** Details are opened so many at once, and so many at most for one page. */
const CHUNK = 100;
const SCANNED_MAX = 5000;
const LIMIT_DEFAULT = 50;

/** Throws AccountingError `unknown-law` where neither a law fits nor the rules show a timeline. */
export async function chosenList(
  context: AccountingContext,
  { customerId, law: asked }: ListQuestion,
): Promise<ChosenList> {
  const laws = await lawsOf(context, customerId);
  const fitting =
    asked === null ? laws.find(({ because }) => because !== null) : laws.find((one) => one.rules.law === asked);
  const chosen = asked === "timeline" || fitting === undefined ? null : fitting;
  if (chosen === null && !context.rules.timeline.shown) throw new AccountingError("unknown-law");
  return { laws, chosen };
}

async function lawsOf({ vault, rules }: AccountingContext, customerId: Uuid): Promise<Fitting[]> {
  const [subject] = await vault.loadForDecision([{ customerId }]);
  return fittingLaws(
    rules,
    (subject?.units ?? []).map(({ header }) => header),
  );
}

export interface Wanted {
  readonly customerId: Uuid;
  /** Null: the timeline. */
  readonly law: LawRules | null;
}

/**
 * Reads on until the page is full. INVARIANT: what is read, and so how often, depends on entries that are not withheld alone: those are left out before a
 * chunk is cut.
 */
export async function collect(context: AccountingContext, wanted: Wanted, page: PageRequest): Promise<Page<Told>> {
  const limit = page.limit ?? LIMIT_DEFAULT;
  const filter = filterOf(context, wanted);
  const told = await context.toldLater(wanted.customerId);
  const items: Told[] = [];
  let cursor = page.cursor ?? null;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += CHUNK) {
    const place = { cursor, limit: Math.min(CHUNK, limit + 1) };
    const chunk = await context.ledger.accountingOpened(wanted.customerId, filter, place, { told });
    for (const entry of chunk.items) items.push(...(await toldIf(context, wanted, entry)));
    const last = items[limit - 1];
    if (items.length > limit && last !== undefined)
      return { items: items.slice(0, limit), next: String(last.entry.index) };
    cursor = chunk.next;
    if (cursor === null) break;
  }
  return { items, next: cursor };
}

function filterOf({ clock, rules }: AccountingContext, { law }: Wanted): Omit<EntryFilter, "customerId"> {
  if (law === null)
    return { kinds: KINDS, ...(rules.timeline.refused ? {} : { outcomes: ["allowed", "partial", "done"] }) };
  const from = fromOf({ clock }, { rules: law });
  return { kinds: DISCLOSING, outcomes: ["allowed", "partial"], ...(from === null ? {} : { from }) };
}

/** How far back a law's list goes; null for ever. */
export function fromOf({ clock }: Pick<AccountingContext, "clock">, list: Pick<Fitting, "rules"> | null): Date | null {
  const years = list?.rules.years ?? null;
  if (years === null) return null;
  const from = new Date(clock.now());
  from.setUTCFullYear(from.getUTCFullYear() - years);
  return from;
}

export async function toldIf(
  context: AccountingContext,
  { customerId, law }: Wanted,
  entry: OpenedEntry,
): Promise<Told[]> {
  const told = { entry, facts: factsOf(entry, customerId) };
  const asker = { isSelf: await isByIndividual(context, told, customerId) };
  const { rules } = context;
  const counts = law === null ? countsInTimeline(rules, told, asker) : countsUnder(rules, law, told, asker);
  return counts ? [told] : [];
}

/** Customers ask with the role of a policyholder, whoever they are to the one they ask about. */
export async function isByIndividual(
  { access }: AccountingContext,
  { entry, facts }: Told,
  customerId: Uuid,
): Promise<boolean> {
  if (facts.role !== "policyholder" || entry.actorId === null) return false;
  if (facts.askedAs !== null) return facts.askedAs === "individual";
  return (await access.describePrincipal(entry.actorId))?.customerId === customerId;
}
