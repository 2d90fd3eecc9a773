// The ethics desk: a dilemma is raised, decided by somebody independent, with reasons, and found again as a precedent.
import { AccessError, type AlsoWrite, type Authenticated } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { EthicsContext } from "./context.ts";
import {
  DILEMMA,
  type DilemmaContent,
  type DilemmaFace,
  type DilemmaKind,
  type DilemmaOutcome,
  faceOf,
} from "./dilemma-row.ts";
import { EthicsError } from "./errors.ts";
import type { Guidance } from "./guidance.ts";
import { isIndependent, mayDecide, maySee, seen } from "./see.ts";
import { openWords, sealWords } from "./words.ts";

export { DILEMMA_KINDS, DILEMMA_OUTCOMES, type DilemmaFace } from "./dilemma-row.ts";
export type { EthicsErrorCode } from "./errors.ts";
export { type Guidance, loadGuidance } from "./guidance.ts";

export interface Raising {
  readonly kind: DilemmaKind;
  readonly words: string;
  readonly customerId: Uuid | null;
  readonly involved: readonly Uuid[];
  readonly reviewers: readonly Uuid[];
}

export interface Deciding {
  readonly dilemmaId: Uuid;
  readonly outcome: DilemmaOutcome;
  readonly guidance: readonly string[];
  readonly reasoning: string;
}

export interface ReadDilemma extends DilemmaFace {
  readonly words: string | null;
  readonly reasoning: string | null;
  readonly mayDecide: boolean;
}

export interface DilemmaPage {
  readonly items: readonly DilemmaFace[];
  readonly next: Uuid | null;
}

export interface DilemmaFilter {
  readonly isDecided: boolean | null;
  readonly kind: DilemmaKind | null;
  readonly outcome: DilemmaOutcome | null;
  readonly guidance: string | null;
}

export interface Reviewer {
  readonly principalId: Uuid;
  readonly name: string;
}

/** Writes throw EthicsError, AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Ethics {
  readonly guidance: readonly Guidance[];
  raise(asker: Authenticated, raising: Raising, also?: AlsoWrite): Promise<DilemmaFace>;
  /** One's own, and those one may decide or has precedent in: codes and times, without a word. */
  list(
    asker: Authenticated,
    filter: DilemmaFilter,
    page: { readonly after: Uuid | null; readonly limit: number },
  ): Promise<DilemmaPage>;
  show(asker: Authenticated, dilemmaId: Uuid): Promise<DilemmaFace>;
  /** An entry in the reader's name. */
  read(asker: Authenticated, dilemmaId: Uuid): Promise<ReadDilemma>;
  decide(asker: Authenticated, deciding: Deciding, also?: AlsoWrite): Promise<DilemmaFace>;
  /** Whom the asker may name: of the desk, and not tied to them. */
  reviewers(asker: Authenticated): Promise<readonly Reviewer[]>;
}

const OPEN_MAX = 20;
const SCANNED_MAX = 5000;
const PAGE = 100;

export function openEthics(context: EthicsContext): Ethics {
  return {
    guidance: context.guidance,
    raise: (asker, raising, also) => raise(context, asker, raising, also),
    list: (asker, filter, page) => list(context, asker, filter, page),
    show: async (asker, dilemmaId) => faceOf(await seen(context, asker, dilemmaId), asker.principalId),
    read: (asker, dilemmaId) => read(context, asker, dilemmaId),
    decide: (asker, deciding, also) => decide(context, asker, deciding, also),
    reviewers: (asker) => reviewersFor(context, asker),
  };
}

async function raise(
  context: EthicsContext,
  asker: Authenticated,
  { kind, words, customerId, involved, reviewers }: Raising,
  also?: AlsoWrite,
): Promise<DilemmaFace> {
  const { access, authority, clock } = context;
  const dilemmaId = newId();
  const content: DilemmaContent = {
    kind,
    raisedBy: asker.principalId,
    raisedVia: asker.via === undefined ? null : asId(asker.via),
    raisedAt: clock.now().toISOString(),
    customerId,
    involved: [...new Set(involved)],
    reviewers: [...new Set(reviewers)],
    words: await sealWords(context, { dilemmaId, customerId, part: "words" }, words),
    decision: null,
  };
  await requireReviewers(context, content);
  const open = await list(context, asker, { ...ANY, isDecided: false }, { after: null, limit: PAGE });
  if (open.items.filter(({ isOwn }) => isOwn).length >= OPEN_MAX) throw new EthicsError("too-many-dilemmas");
  const targets = [asker.principalId];
  // Withheld: whom it is about does not read in the ledger that somebody asked.
  const attempt = {
    kind: "ethics",
    action: "dilemma.raise",
    actor: asker,
    targets,
    isOwn: true,
    also,
    withheld: true,
  } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const make = () => [putRow(DILEMMA, { rowId: newId(), content })];
    const written = await authority.change(tx, { ownerId: dilemmaId, act, reads: [], make });
    return {
      result: null,
      written,
      detail: { dilemma: dilemmaId, about: kind },
      ids: [dilemmaId],
      ...customersOf(content),
    };
  });
  return faceOf(await seen(context, asker, dilemmaId), asker.principalId);
}

const ANY: DilemmaFilter = { isDecided: null, kind: null, outcome: null, guidance: null };

/** Throws EthicsError `not-independent`. */
async function requireReviewers(context: EthicsContext, content: DilemmaContent): Promise<void> {
  for (const reviewer of content.reviewers) {
    const principal = await context.access.reread(reviewer);
    const isOfDesk = principal !== null && context.access.may(principal, "dilemma.decide");
    if (!isOfDesk || !(await isIndependent(context, [reviewer], content))) throw new EthicsError("not-independent");
  }
}

async function list(
  context: EthicsContext,
  asker: Authenticated,
  filter: DilemmaFilter,
  page: { readonly after: Uuid | null; readonly limit: number },
): Promise<DilemmaPage> {
  const items: DilemmaFace[] = [];
  let { after } = page;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += PAGE) {
    const found = await context.authority.page(context.database, DILEMMA, { state: "live", after, limit: PAGE });
    for (const row of found.rows) {
      after = row.rowId;
      const face = faceOf(row, asker.principalId);
      if (!fits(face, filter) || !(await maySee(context, asker, row.content))) continue;
      items.push(face);
      if (items.length === page.limit) return { items, next: after };
    }
    after = found.next;
    if (after === null) break;
  }
  return { items, next: after };
}

function fits(face: DilemmaFace, { isDecided, kind, outcome, guidance }: DilemmaFilter): boolean {
  return (
    (isDecided === null || face.isDecided === isDecided) &&
    (kind === null || face.kind === kind) &&
    (outcome === null || face.outcome === outcome) &&
    (guidance === null || face.guidance.includes(guidance))
  );
}

async function read(context: EthicsContext, asker: Authenticated, dilemmaId: Uuid): Promise<ReadDilemma> {
  const row = await seen(context, asker, dilemmaId);
  const { access } = context;
  const isOwn = row.content.raisedBy === asker.principalId ? ({ isOwn: true } as const) : {};
  const targets = [asker.principalId];
  const attempt = { kind: "ethics", action: "dilemma.read", actor: asker, targets, withheld: true, ...isOwn } as const;
  await access.write(attempt, async () => ({
    result: null,
    written: [],
    detail: { dilemma: dilemmaId },
    ...customersOf(row.content),
  }));
  const opened = await openWords(context, asker, row);
  const may = row.content.decision === null && (await mayDecide(context, asker, row.content));
  return { ...faceOf(row, asker.principalId), ...opened, mayDecide: may };
}

async function decide(
  context: EthicsContext,
  asker: Authenticated,
  { dilemmaId, outcome, guidance, reasoning }: Deciding,
  also?: AlsoWrite,
): Promise<DilemmaFace> {
  const { access, authority, clock } = context;
  const { content } = await seen(context, asker, dilemmaId);
  if (guidance.some((name) => !context.guidance.some(({ id }) => id === name)))
    throw new EthicsError("unknown-guidance");
  const may = await mayDecide(context, asker, content);
  const words = await sealWords(context, { dilemmaId, customerId: content.customerId, part: "decision" }, reasoning);
  const attempt = {
    kind: "ethics",
    action: "dilemma.decide",
    actor: asker,
    targets: [dilemmaId],
    also,
    withheld: true,
  } as const;
  await access.write(attempt, async ({ tx, act }) => {
    // Whoever raised it sees it, and does not decide.
    if (!may) throw new AccessError("own-authority");
    const written = await authority.change(tx, {
      ownerId: dilemmaId,
      act,
      reads: [DILEMMA.kind],
      make: (live) => {
        const row = live.of(DILEMMA, clock.now())[0];
        if (row === undefined) throw new EthicsError("unknown-dilemma");
        if (row.content.decision !== null) throw new EthicsError("wrong-state");
        const decision = {
          by: asker.principalId,
          at: clock.now().toISOString(),
          outcome,
          guidance: [...guidance],
          words,
        };
        return [putRow(DILEMMA, { ...row, content: { ...row.content, decision } })];
      },
    });
    return {
      result: null,
      written,
      detail: { dilemma: dilemmaId, decided: outcome },
      ids: [dilemmaId],
      ...customersOf(content),
    };
  });
  return faceOf(await seen(context, asker, dilemmaId), asker.principalId);
}

function customersOf({ customerId }: DilemmaContent): { readonly customers?: readonly Uuid[] } {
  return customerId === null ? {} : { customers: [customerId] };
}

async function reviewersFor(context: EthicsContext, asker: Authenticated): Promise<Reviewer[]> {
  const found: Reviewer[] = [];
  for (const { principalId, name } of await context.access.listHolders("dilemma.decide"))
    if (!(await context.areTied(principalId, asker.principalId))) found.push({ principalId, name });
  return found;
}
