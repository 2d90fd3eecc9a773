// "I don't recognise this": a customer's question about a line of their timeline, and its answer.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import { putRow, type RowChange } from "../authority/authority.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { Token, Uuid } from "../kernel/bytes.ts";
import { CASE, type CaseContent, type CaseFace, type CaseRow, type CaseState, faceOf, stateOf } from "./case-row.ts";
import type { CasesContext } from "./context.ts";
import { CasesError } from "./errors.ts";
import { type ReadCase, readCase } from "./read-case.ts";

export type { CaseFace } from "./case-row.ts";
export type { CasesErrorCode } from "./errors.ts";
export type { ReadCase } from "./read-case.ts";

export interface CasePage {
  readonly items: readonly CaseFace[];
  readonly next: Uuid | null;
}

/** Writes throw CasesError and AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Cases {
  /** By a customer about a line of their own; again about the same line is the same case. Throws CasesError `unknown-line`, `too-many-cases`. */
  open(asker: Customer, asked: { readonly entryId: Uuid; readonly words: string }, also?: AlsoWrite): Promise<CaseFace>;
  /** Throws CasesError `unknown-case`. */
  faceOf(customerId: Uuid, caseId: Uuid): Promise<CaseFace>;
  /** With their words, the newest first; each reading is an entry. */
  /** Words are opened, each by an entry, or left: null then. */
  ofCustomer(asker: Customer, words: "opened" | "left"): Promise<readonly ReadCase[]>;
  /** By the customer, who is content, or has given up. */
  close(asker: Customer, caseId: Uuid, also?: AlsoWrite): Promise<CaseFace>;
  /** For those who answer: ids and states, none about a look of theirs. */
  queue(
    asker: Authenticated,
    state: CaseState,
    page: { readonly after: Uuid | null; readonly limit: number },
  ): Promise<CasePage>;
  /** Throws CasesError `unknown-case`, also for one about the asker's own look. */
  read(asker: Authenticated, caseId: Uuid): Promise<ReadCase>;
  answer(asker: Authenticated, caseId: Uuid, given: Answer, also?: AlsoWrite): Promise<CaseFace>;
}

export type Customer = Authenticated & { readonly customerId: Uuid };

export interface Answer {
  readonly words: string;
  readonly closes: boolean;
}

/** Nobody is to be kept busy by one who asks about everything. */
const OPEN_MAX = 20;
const SCANNED_MAX = 2000;
const PAGE = 100;

export function openCases(context: CasesContext): Cases {
  return {
    open: (asker, asked, also) => openCase(context, asker, asked, also),
    faceOf: (customerId, caseId) => face(context, customerId, caseId),
    ofCustomer: async (asker, words) => {
      const rows = await context.authority.live(context.database, CASE, asker.customerId);
      if (words === "left") return rows.toReversed().map((row) => ({ ...faceOf(row), words: null, answer: null }));
      const read = [];
      for (const row of rows.toReversed()) read.push(await readCase(context, asker, row));
      return read;
    },
    close: (asker, caseId, also) =>
      change(
        context,
        { asker, action: "case.close", customerId: asker.customerId, caseId, also, isOwn: true },
        (content) => ({
          ...content,
          closedAt: content.closedAt ?? context.clock.now().toISOString(),
        }),
      ),
    queue: (asker, state, page) => queue(context, asker, state, page),
    read: async (asker, caseId) => readCase(context, asker, await visible(context, asker, caseId)),
    answer: (asker, caseId, given, also) => answer(context, asker, { caseId, ...given }, also),
  };
}

async function openCase(
  context: CasesContext,
  asker: Customer,
  { entryId, words }: { readonly entryId: Uuid; readonly words: string },
  also?: AlsoWrite,
): Promise<CaseFace> {
  const { access, authority, accounting, clock } = context;
  const { customerId } = asker;
  const line = await accounting.line({ customerId, entryId });
  if (line === null) throw new CasesError("unknown-line");
  const caseId = newId();
  const via = line.detail["via"];
  const content: CaseContent = {
    entryId,
    aboutId: line.actorId,
    aboutVia: typeof via === "string" ? via : null,
    openedBy: asker.principalId,
    openedAt: clock.now().toISOString(),
    words: await seal(context, { customerId, caseId, part: "words" }, words),
    answer: null,
    closedAt: null,
  };
  const attempt = {
    kind: "case",
    action: "case.open",
    actor: asker,
    targets: [asker.principalId],
    isOwn: true,
    also,
  } as const;
  const id = await access.write(attempt, async ({ tx, act }) => {
    let found = caseId;
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [CASE.kind],
      make: (live): RowChange[] => {
        const rows = live.of(CASE, clock.now());
        const known = rows.find((row) => row.content.entryId === entryId);
        if (known !== undefined) found = known.rowId;
        if (known !== undefined) return [];
        if (rows.filter((row) => stateOf(row.content) === "open").length >= OPEN_MAX)
          throw new CasesError("too-many-cases");
        return [putRow(CASE, { rowId: caseId, lookup: lookupOf(context, caseId), content })];
      },
    });
    const detail = { case: found, about: entryId, again: found !== caseId };
    return { result: found, written, customers: [customerId], detail, ids: [found] };
  });
  return face(context, customerId, id);
}

async function face({ authority, database }: CasesContext, customerId: Uuid, caseId: Uuid): Promise<CaseFace> {
  const row = await authority.get(database, CASE, { ownerId: customerId, rowId: caseId });
  if (row === null) throw new CasesError("unknown-case");
  return faceOf(row);
}

function lookupOf({ keys }: Pick<CasesContext, "keys">, caseId: Uuid): Token {
  return keys.keyedDigest("customer-case", caseId);
}

interface Part {
  readonly customerId: Uuid;
  readonly caseId: Uuid;
  readonly part: "words" | "answer";
}

/** Throws CasesError `no-relationship`. */
async function seal({ vault }: CasesContext, { customerId, caseId, part }: Part, words: string) {
  const [subject] = await vault.loadForDecision([{ customerId }]);
  const unit = subject?.units.find(({ header }) => header.kind === "relationship" && header.status !== "erased");
  if (unit === undefined) throw new CasesError("no-relationship");
  const { unitId } = unit.header;
  return { unitId, value: await vault.sealWaiting({ customerId, unitId, waitsIn: caseId, part }, words) };
}

interface Changing {
  readonly asker: Authenticated;
  readonly action: "case.answer" | "case.close";
  readonly customerId: Uuid;
  readonly caseId: Uuid;
  readonly also?: AlsoWrite | undefined;
  readonly isOwn?: true;
}

async function change(
  context: CasesContext,
  { asker, action, customerId, caseId, also, isOwn }: Changing,
  make: (content: CaseContent) => CaseContent,
): Promise<CaseFace> {
  const { access, authority, clock } = context;
  const targets = isOwn === true ? [asker.principalId] : [customerId];
  const attempt = {
    kind: "case",
    action,
    actor: asker,
    targets,
    also,
    ...(isOwn === undefined ? {} : { isOwn }),
  } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [CASE.kind],
      make: (live) => {
        const row = live.of(CASE, clock.now()).find(({ rowId }) => rowId === caseId);
        if (row === undefined) throw new CasesError("unknown-case");
        return [putRow(CASE, { ...row, content: make(row.content) })];
      },
    });
    return { result: null, written, customers: [customerId], detail: { case: caseId }, ids: [caseId] };
  });
  return face(context, customerId, caseId);
}

/** INVARIANT: there is no such case for whoever's look it is about. Throws CasesError `unknown-case`. */
async function visible(context: CasesContext, asker: Authenticated, caseId: Uuid): Promise<CaseRow> {
  const row = await context.authority.find(context.database, CASE, lookupOf(context, caseId));
  if (row === null || (await isAboutAsker(context, asker, row.content))) throw new CasesError("unknown-case");
  return row;
}

async function isAboutAsker(
  { areOnePerson }: CasesContext,
  { principalId, via }: Authenticated,
  { aboutId, aboutVia }: CaseContent,
): Promise<boolean> {
  const about = [aboutId, aboutVia].filter((id) => id !== null).map(asId);
  const askers = [principalId, ...(via === undefined ? [] : [via])];
  for (const one of askers)
    for (const other of about) if (one === other || (await areOnePerson(one, other))) return true;
  return false;
}

async function queue(
  context: CasesContext,
  asker: Authenticated,
  state: CaseState,
  { after: from, limit }: { readonly after: Uuid | null; readonly limit: number },
): Promise<CasePage> {
  const items: CaseFace[] = [];
  let after = from;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += PAGE) {
    const page = await context.authority.page(context.database, CASE, { state: "live", after, limit: PAGE });
    for (const row of page.rows) {
      after = row.rowId;
      if (stateOf(row.content) !== state || (await isAboutAsker(context, asker, row.content))) continue;
      items.push(faceOf(row));
      if (items.length === limit) return { items, next: after };
    }
    after = page.next;
    if (after === null) break;
  }
  return { items, next: after };
}

async function answer(
  context: CasesContext,
  asker: Authenticated,
  { caseId, words, closes }: Answer & { readonly caseId: Uuid },
  also?: AlsoWrite,
): Promise<CaseFace> {
  const { ownerId: customerId } = await visible(context, asker, caseId);
  const sealed = await seal(context, { customerId, caseId, part: "answer" }, words);
  const at = context.clock.now().toISOString();
  const answered = await change(context, { asker, action: "case.answer", customerId, caseId, also }, (content) => {
    if (stateOf(content) === "closed") throw new CasesError("wrong-state");
    const given = { by: asker.principalId, role: asker.role, at, words: sealed };
    return { ...content, answer: given, closedAt: closes ? at : null };
  });
  await context.tell(customerId, caseId);
  return answered;
}
