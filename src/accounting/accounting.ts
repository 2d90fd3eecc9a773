// Who has looked at it: a customer's list of looks and disclosures by a law or by our own rules, line by line provable.
import type { Authenticated } from "../access/access.ts";
import { onTheBeat } from "../kernel/beat.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { EntryFilter, Opening, OpenedEntry, Page, PageRequest, Sequenced } from "../ledger/ledger.ts";
import { type Because, type Fitting, fittingLaws } from "./choose-law.ts";
import type { AccountingContext } from "./context.ts";
import { AccountingError } from "./errors.ts";
import { countsInTimeline, countsUnder, factsOf, mayBeOpened, type Told } from "./line.ts";
import type { AccountingRules, Law, LawRules } from "./rules.ts";
import { type GivenTo, type GivenWhat, recipientsOf } from "./recipients-of.ts";
import { recordedReading } from "./whose.ts";
import { type Who, whoLooked } from "./who-looked.ts";

export type { AccountingContext } from "./context.ts";
export type { AccountingErrorCode } from "./errors.ts";
export { type AccountingRules, type Law, loadAccountingRules } from "./rules.ts";

export interface AccountingLine extends Pick<Told, "facts"> {
  readonly entry: OpenedEntry;
  readonly who: Who;
  /** The customer may have the whole of what the entry commits to. */
  readonly opens: boolean;
}

export interface AccountingList extends Page<AccountingLine> {
  readonly law: Law | "timeline";
  /** Every law, with what of the customer's made it fit. */
  readonly laws: readonly { readonly law: Law; readonly because: Because | null }[];
}

export interface ListQuestion {
  readonly customerId: Uuid;
  /** Null: the law that fits. */
  readonly law: Law | "timeline" | null;
}

export interface AtLine {
  readonly customerId: Uuid;
  readonly entryId: Uuid;
}

/** Every answer has its entry first. All throw AccountingError `unknown-list`, `busy`. */
export interface Accounting {
  readonly rules: AccountingRules;
  /** Throws AccountingError `unknown-law` for the timeline where the rules show none. */
  list(asker: Authenticated, question: ListQuestion, page: PageRequest): Promise<AccountingList>;
  /** Null until a checkpoint covers it. Throws AccountingError `unknown-line`. */
  receipt(asker: Authenticated, at: AtLine): Promise<string | null>;
  /** Throws AccountingError `unknown-line`, `not-opened`. */
  opening(
    asker: Authenticated,
    at: AtLine,
  ): Promise<{ readonly opening: Opening; readonly promise: Sequenced["promise"] }>;
  /** Who was given these fields before: by an entry of whoever corrects them. Throws AccountingError `busy`. */
  recipientsOf(what: GivenWhat): Promise<readonly GivenTo[]>;
  /** A line that is on some list of the customer; null for every other entry. */
  line(at: AtLine): Promise<OpenedEntry | null>;
}

/** By which something of a customer was shown, used, or asked for and refused. */
const KINDS: NonNullable<EntryFilter["kinds"]> = [
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

export function openAccounting(context: AccountingContext): Accounting {
  const { rules, beatMs } = context;
  return {
    rules,
    list: (asker, question, page) => onTheBeat(beatMs, () => list(context, asker, question, page)),
    receipt: (asker, at) => onTheBeat(beatMs, () => receipt(context, asker, at)),
    opening: (asker, at) => onTheBeat(beatMs, () => opening(context, asker, at)),
    recipientsOf: (what) => recipientsOf(context, what, (told) => isByIndividual(context, told, what.customerId)),
    line: async (at) => (await shownLine(context, at))?.entry ?? null,
  };
}

async function list(
  context: AccountingContext,
  asker: Authenticated,
  { customerId, law: asked }: ListQuestion,
  page: PageRequest,
): Promise<AccountingList> {
  const { rules } = context;
  if (asked === "timeline" && !rules.timeline.shown) throw new AccountingError("unknown-law");
  const detail = { list: asked ?? "fitting", asked: customerId };
  await recordedReading(context, asker, { kind: "accounting-read", customerId, detail });
  const laws = await lawsOf(context, customerId);
  const fitting =
    asked === null ? laws.find(({ because }) => because !== null) : laws.find((one) => one.rules.law === asked);
  const chosen = asked === "timeline" || fitting === undefined ? null : fitting;
  if (chosen === null && !rules.timeline.shown) throw new AccountingError("unknown-law");
  const found = await collect(context, { customerId, law: chosen?.rules ?? null }, page);
  const items = await Promise.all(
    found.items.map(async (told) => ({
      ...told,
      who: await whoLooked(context, told, customerId),
      opens: mayBeOpened(told, customerId),
    })),
  );
  return {
    items,
    next: found.next,
    law: chosen?.rules.law ?? "timeline",
    laws: laws.map((one) => ({ law: one.rules.law, because: one.because })),
  };
}

async function lawsOf({ vault, rules }: AccountingContext, customerId: Uuid): Promise<Fitting[]> {
  const [subject] = await vault.loadForDecision([{ customerId }]);
  return fittingLaws(
    rules,
    (subject?.units ?? []).map(({ header }) => header),
  );
}

interface Wanted {
  readonly customerId: Uuid;
  /** Null: the timeline. */
  readonly law: LawRules | null;
}

/**
 * Reads on until the page is full. INVARIANT: what is read, and so how often, depends on entries that are not withheld alone: those are left out before a
 * chunk is cut.
 */
async function collect(context: AccountingContext, wanted: Wanted, page: PageRequest): Promise<Page<Told>> {
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
  const from = new Date(clock.now());
  if (law.years !== null) from.setUTCFullYear(from.getUTCFullYear() - law.years);
  return { kinds: DISCLOSING, outcomes: ["allowed", "partial"], ...(law.years === null ? {} : { from }) };
}

async function toldIf(context: AccountingContext, { customerId, law }: Wanted, entry: OpenedEntry): Promise<Told[]> {
  const told = { entry, facts: factsOf(entry, customerId) };
  const asker = { isSelf: await isByIndividual(context, told, customerId) };
  const { rules } = context;
  const counts = law === null ? countsInTimeline(rules, told, asker) : countsUnder(rules, law, told, asker);
  return counts ? [told] : [];
}

/** Customers ask with the role of a policyholder, whoever they are to the one they ask about. */
async function isByIndividual(
  { access }: AccountingContext,
  { entry, facts }: Told,
  customerId: Uuid,
): Promise<boolean> {
  if (facts.role !== "policyholder" || entry.actorId === null) return false;
  if (facts.askedAs !== null) return facts.askedAs === "individual";
  return (await access.describePrincipal(entry.actorId))?.customerId === customerId;
}

/** The entry, if any list of this customer shows it. */
async function shownLine(context: AccountingContext, { customerId, entryId }: AtLine): Promise<Told | null> {
  const reader = { told: await context.toldLater(customerId) };
  const view = await context.ledger.entry(entryId, reader);
  if (view === null) return null;
  const place = { cursor: String(view.index + 1), limit: 1 };
  const [entry] = (await context.ledger.accountingOpened(customerId, { kinds: KINDS }, place, reader)).items;
  if (entry?.entryId !== entryId) return null;
  for (const law of [null, ...context.rules.laws]) {
    const [told] = await toldIf(context, { customerId, law }, entry);
    if (told !== undefined) return told;
  }
  return null;
}

async function receipt(context: AccountingContext, asker: Authenticated, at: AtLine): Promise<string | null> {
  const line = await shownLine(context, at);
  const { customerId, entryId } = at;
  const detail = { receipt: entryId, asked: customerId };
  await recordedReading(context, asker, { kind: "accounting-read", customerId, detail }, line !== null);
  return context.ledger.receipt(entryId, { told: await context.toldLater(customerId) });
}

async function opening(context: AccountingContext, asker: Authenticated, at: AtLine) {
  const line = await shownLine(context, at);
  const { customerId, entryId } = at;
  const reading = { kind: "opening-read", customerId, detail: { entry: entryId, asked: customerId } } as const;
  const { promise } = await recordedReading(context, asker, reading, line !== null);
  const opened = await context.ledger.opening(entryId, { told: await context.toldLater(customerId) });
  if (opened === null || line === null) throw new AccountingError("unknown-line");
  if (!mayBeOpened(line, customerId)) throw new AccountingError("not-opened");
  return { opening: opened, promise };
}
