// Who has looked at it: a customer's list of looks and disclosures by a law or by our own rules, line by line provable.
import type { Authenticated } from "../access/access.ts";
import { onTheBeat } from "../kernel/beat.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Opening, OpenedEntry, Page, PageRequest, Sequenced } from "../ledger/ledger.ts";
import type { Because } from "./choose-law.ts";
import { chosenList, collect, isByIndividual, KINDS, type ListQuestion, toldIf } from "./collect.ts";
import type { AccountingContext } from "./context.ts";
import { type DocumentQuestion, type Printed, printedList } from "./document.ts";
import { AccountingError } from "./errors.ts";
import { mayBeOpened, type Told } from "./line.ts";
import type { AccountingRules, Law } from "./rules.ts";
import { type GivenTo, type GivenWhat, recipientsOf } from "./recipients-of.ts";
import { recordedReading } from "./whose.ts";
import { type Who, whoLooked } from "./who-looked.ts";

export type { AccountingContext } from "./context.ts";
export type { AccountingErrorCode } from "./errors.ts";
export { type AccountingRules, type Law, loadAccountingRules } from "./rules.ts";
export { loadAccountingWords } from "./words.ts";

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

export interface AtLine {
  readonly customerId: Uuid;
  readonly entryId: Uuid;
}

/** Every answer has its entry first. All throw AccountingError `unknown-list`, `busy`. */
export interface Accounting {
  readonly rules: AccountingRules;
  /** Throws AccountingError `unknown-law` for the timeline where the rules show none. */
  list(asker: Authenticated, question: ListQuestion, page: PageRequest): Promise<AccountingList>;
  /** The list as a document, made while it is sent. Throws AccountingError `unknown-law`. */
  document(asker: Authenticated, question: DocumentQuestion): Promise<Printed>;
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

export function openAccounting(context: AccountingContext): Accounting {
  const { rules, beatMs } = context;
  return {
    rules,
    list: (asker, question, page) => onTheBeat(beatMs, () => list(context, asker, question, page)),
    document: (asker, question) => onTheBeat(beatMs, () => printedList(context, asker, question)),
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
  if (asked === "timeline" && !context.rules.timeline.shown) throw new AccountingError("unknown-law");
  const detail = { list: asked ?? "fitting", asked: customerId };
  await recordedReading(context, asker, { kind: "accounting-read", customerId, detail });
  const { laws, chosen } = await chosenList(context, { customerId, law: asked });
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
