// Reading the ledger back: entries, openings, a customer's accounting, whom a principal saw. Each reading is an entry before it is answered.
import { viaOf, type Action, type Authenticated } from "../access/access.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Purpose } from "../kernel/vocabulary.ts";
import type {
  CustomerSeen,
  EntryFilter,
  EntryKind,
  EntryView,
  Opening,
  Page,
  PageRequest,
  Reader,
  Sequenced,
} from "../ledger/ledger.ts";
import type { GateContext } from "./context.ts";
import { GateError } from "./errors.ts";

export interface OpeningAnswer {
  readonly entryId: Uuid;
  readonly opening: Opening;
  readonly promise: Sequenced["promise"];
}

/** One line of a customer's accounting, with what 45 CFR 164.528(b)(2) asks for: when, to whom, what, why. */
export interface AccountingLine {
  readonly entry: EntryView;
  readonly actorRole: string | null;
}

/** Reading withheld entries: only those whose office it is to know of investigations. */
const CLEARED_ROLES: ReadonlySet<string> = new Set(["dpo", "internal-auditor"]);

export const readerOf = (asker: Authenticated): Reader => (CLEARED_ROLES.has(asker.role) ? "cleared" : "ordinary");

/** Whose accounting shows what: entries by which something of the customer was shown, or asked for and refused. */
const ACCOUNTED: readonly EntryKind[] = [
  "disclosure",
  "masked-view",
  "copy",
  "search",
  "opening-read",
  "link-read",
  "flag-read",
];

/**
 * What an entry says, which is itself a disclosure. INVARIANT: for oversight alone, not for whoever made the entry: its exact inputs tell of flags, and its
 * policies of rules, that the asker was not told. Throws GateError "not-found".
 */
export async function readOpening(
  context: GateContext,
  asker: Authenticated,
  asked: { readonly entryId: Uuid; readonly purpose: Purpose },
): Promise<OpeningAnswer> {
  const view = await context.ledger.entry(asked.entryId, "cleared");
  const mayOpen = context.access.may(asker, "opening.read", asked.purpose);
  const found = asker.purposes.includes(asked.purpose) ? overseen(asker, view, mayOpen) : null;
  const sequenced = await record(context, asker, {
    kind: "opening-read",
    outcome: found === null ? "denied" : "allowed",
    customerId: found?.customerId ?? null,
    purpose: asked.purpose,
    classes: found?.classes ?? [],
    withheld: found?.withheld === true,
    detail: { entry: asked.entryId },
  });
  const opened = found === null ? null : await context.ledger.opening(asked.entryId, "cleared");
  if (opened === null || found === null) throw new GateError("not-found", "no such entry");
  return { entryId: asked.entryId, opening: opened, promise: sequenced.promise };
}

/**
 * The entry by which an erasure became final, for whoever was erased: it commits to their certificate and tells of nothing else. INVARIANT: entries of that
 * kind alone, of that customer alone; asked for by a code, so in the server's name, with the request whose code it is. Throws GateError "not-found".
 */
export async function readErasureOpening(
  context: GateContext,
  asked: { readonly entryId: Uuid; readonly customerId: Uuid; readonly requestId: Uuid },
): Promise<Opening> {
  const { entryId, customerId, requestId } = asked;
  const view = await context.ledger.entry(entryId, "cleared");
  if (view === null || view.kind !== "erasure-final" || view.customerId !== customerId)
    throw new GateError("not-found", "no such entry");
  await context.append({
    entryId: newId(),
    kind: "opening-read",
    outcome: "allowed",
    actorId: context.access.system.principalId,
    customerId,
    recipientId: null,
    purpose: "data-subject-request",
    basis: "rights-request",
    classes: [],
    withheld: false,
    detail: { entry: entryId, claimedBy: requestId },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
  const opened = await context.ledger.opening(entryId, "cleared");
  if (opened === null) throw new GateError("not-found", "no such entry");
  return opened;
}

/** A customer's list of disclosures, newest first. Throws GateError "not-permitted" (recorded). */
export async function readAccounting(
  context: GateContext,
  asker: Authenticated,
  customerId: Uuid,
  page: PageRequest,
): Promise<Page<AccountingLine>> {
  await recordReading(context, asker, "accounting.read", {
    kind: "accounting-read",
    customerId,
    detail: { asked: customerId },
  });
  // The customer's own list leaves withheld entries out whoever asks for it: it is what would be handed to the customer.
  const found = await context.ledger.accounting(customerId, { kinds: ACCOUNTED }, page);
  const items = await Promise.all(
    found.items.map(async (entry) => ({ entry, actorRole: await roleThen(context, entry.entryId) })),
  );
  return { ...found, items };
}

/** The role the actor had then, as the entry's own detail says it. */
async function roleThen(context: GateContext, entryId: Uuid): Promise<string | null> {
  const role = (await context.ledger.opening(entryId))?.detail["role"];
  return typeof role === "string" ? role : null;
}

/** Customers of whom a principal was shown anything in [from, to). Throws GateError "not-permitted" (recorded), "not-found". */
export async function readCustomersSeen(
  context: GateContext,
  asker: Authenticated,
  asked: { readonly principalId: Uuid; readonly from: Date; readonly to: Date },
  page: PageRequest,
): Promise<Page<CustomerSeen>> {
  const { principalId, from, to } = asked;
  await recordReading(context, asker, "ledger.read", {
    kind: "ledger-read",
    customerId: null,
    detail: { seenBy: principalId, from: from.toISOString(), to: to.toISOString() },
  });
  const seen = await context.ledger.customersSeenBy({ actorId: principalId, from, to }, page, readerOf(asker));
  // Nobody by that id is another answer than nobody seen. Only here, where the asker was found entitled to know of every principal.
  if (seen.items.length === 0 && !(await context.access.knows(principalId))) {
    throw new GateError("not-found", "there is no client of that id");
  }
  return seen;
}

/** Throws GateError "not-permitted" (recorded). */
export async function readEntries(
  context: GateContext,
  asker: Authenticated,
  filter: EntryFilter,
  page: PageRequest,
): Promise<Page<EntryView>> {
  await recordReading(context, asker, "ledger.read", {
    kind: "ledger-read",
    customerId: filter.customerId ?? null,
    detail: describeFilter(filter),
  });
  return context.ledger.list(filter, page, readerOf(asker));
}

/** One entry: for oversight, and for whoever made it. Throws GateError "not-found". */
export async function readEntry(context: GateContext, asker: Authenticated, entryId: Uuid): Promise<EntryView> {
  const view = await context.ledger.entry(entryId, "cleared");
  // Whoever made an entry knows of it, withheld or not.
  const isOwn = view !== null && view.actorId === asker.principalId;
  const found = isOwn ? view : overseen(asker, view, context.access.may(asker, "ledger.read"));
  if (found === null) throw new GateError("not-found", "no such entry");
  return found;
}

/** The receipt is public proof that an entry stands in the log: it says nothing of what it holds. Null until a checkpoint covers it. */
export async function readReceipt(context: GateContext, asker: Authenticated, entryId: Uuid): Promise<string | null> {
  await readEntry(context, asker, entryId);
  return context.ledger.receipt(entryId, "cleared");
}

/** The entry for somebody whose office it is to read entries; a withheld one only for those who are cleared. */
function overseen(asker: Authenticated, view: EntryView | null, mayRead: boolean): EntryView | null {
  if (view === null || !mayRead) return null;
  return view.withheld && readerOf(asker) !== "cleared" ? null : view;
}

interface Reading {
  readonly kind: "accounting-read" | "ledger-read" | "opening-read" | "export";
  readonly customerId: Uuid | null;
  readonly detail: { readonly [key: string]: Json };
}

export async function recordReading(
  context: GateContext,
  asker: Authenticated,
  action: Action,
  reading: Reading,
): Promise<void> {
  const permitted = context.access.may(asker, action);
  await record(context, asker, {
    ...reading,
    outcome: permitted ? "allowed" : "denied",
    purpose: null,
    classes: [],
    withheld: false,
  });
  if (!permitted) throw new GateError("not-permitted", `this role has no right to ${action}`);
}

type ReadingEntry = Reading & {
  readonly outcome: "allowed" | "denied";
  readonly purpose: Purpose | null;
  readonly classes: EntryView["classes"];
  readonly withheld: boolean;
};

async function record(context: GateContext, asker: Authenticated, entry: ReadingEntry): Promise<Sequenced> {
  const sequenced = await context.append({
    ...entry,
    entryId: newId(),
    actorId: asker.principalId,
    recipientId: null,
    basis: null,
    detail: { ...entry.detail, ...viaOf(asker), role: asker.role, actorRevision: asker.revision },
    guard: { actorRevision: asker.revision, customerRevision: null, policyRevision: null },
  });
  if (sequenced === null) throw new GateError("busy", "this client has just changed; ask again");
  return sequenced;
}

export function describeFilter(filter: EntryFilter): { readonly [key: string]: Json } {
  const { kinds, actorId, customerId, recipientId, from, to } = filter;
  return {
    kinds: kinds ?? [],
    ofActor: actorId ?? null,
    ofCustomer: customerId ?? null,
    ofRecipient: recipientId ?? null,
    from: from?.toISOString() ?? null,
    to: to?.toISOString() ?? null,
  };
}
