// Subpoenas, orders, warrants, examinations, requests and statutory reports: taken in, checked, narrowed, approved by two others, produced through the gate.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";

import { putRow } from "../authority/authority.ts";
import type { RecipientType } from "../disclosure/disclosure.ts";
import { type CheckFace, checksOf, kindOf } from "./checks.ts";
import type { DemandsContext } from "./context.ts";
import {
  type CHECK_ANSWERS,
  DEMAND,
  DEMAND_PAPER,
  type DemandContent,
  type DemandPart,
  type DemandRow,
  type DemandState,
  type OBJECTIONS,
  stateOf,
} from "./demand-row.ts";
import { approve, close, needsReview, object, reviewPrivilege, settleObjection } from "./decide.ts";
import { DemandError } from "./errors.ts";
import { type GivenNotice, settleNotice, tellCustomers, toldByHand } from "./notice.ts";
import { noteMail } from "./follow.ts";
import { lookAtDemands } from "./look.ts";
import { type Production, productionsOf } from "./productions.ts";
import type { DemandRules } from "./rules.ts";
import { checkParts, customersOf, type Reached, requireWithin } from "./scope.ts";
import { type OwedTelling, owedOf } from "./telling.ts";
import { toldLater } from "./told-later.ts";
import { changeDemand, demandAt, type Who } from "./write.ts";

export type { DemandPart, DemandRow, DemandState } from "./demand-row.ts";
export { gatherProcesses } from "./entitlements.ts";
export { gatherPapers } from "./papers.ts";
export type { DemandErrorCode } from "./errors.ts";
export type { GivenNotice } from "./notice.ts";
export type { Production } from "./productions.ts";
export { type DemandRules, loadDemandRules } from "./rules.ts";
export type { CheckFace } from "./checks.ts";

export interface DemandDraft {
  readonly kind: string;
  readonly issuer: string;
  readonly reference: string;
  readonly jurisdiction: string;
  readonly recipient: { readonly type: RecipientType; readonly recipientId: Uuid | null };
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly document: { readonly customerId: Uuid; readonly recordId: Uuid };
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly named: readonly DemandPart[];
}

export interface DemandFace {
  readonly row: DemandRow;
  readonly state: DemandState;
  readonly checks: readonly CheckFace[];
  readonly needsReview: boolean;
  /** Whether the customers are still to be told. */
  readonly owed: OwedTelling | null;
}

export interface DemandPage {
  readonly items: readonly DemandFace[];
  readonly next: Uuid | null;
}

type Answer = (typeof CHECK_ANSWERS)[number];
type Ground = (typeof OBJECTIONS)[number];

/** Writes throw DemandError, AccessError `not-permitted` (recorded), `stale-actor`. Every entry is withheld from the customer's own lists. */
export interface Demands {
  readonly rules: DemandRules;
  takeIn(draft: DemandDraft, who: Who): Promise<Uuid>;
  check(demandId: Uuid, given: { readonly id: string; readonly answer: Answer }, who: Who): Promise<void>;
  /** To less than the demand names, or back to it. */
  narrow(demandId: Uuid, produced: readonly DemandPart[], who: Who): Promise<void>;
  settleNotice(demandId: Uuid, notice: GivenNotice, who: Who): Promise<void>;
  /** By mail or letter, as each is reached: `row.content.notice.customers` says how far it is, and why not. */
  tell(demandId: Uuid, who: Who): Promise<void>;
  toldByHand(demandId: Uuid, told: { readonly customerId: Uuid; readonly reference: string }, who: Who): Promise<void>;
  review(demandId: Uuid, who: Who): Promise<void>;
  approve(demandId: Uuid, who: Who): Promise<void>;
  object(demandId: Uuid, ground: Ground, who: Who): Promise<void>;
  settleObjection(demandId: Uuid, outcome: "overruled" | "upheld", who: Who): Promise<void>;
  close(demandId: Uuid, how: "produced" | "refused" | "withdrawn", who: Who): Promise<void>;
  read(demandId: Uuid): Promise<DemandFace>;
  list(state: DemandState | null, page: { readonly after: Uuid | null; readonly limit: number }): Promise<DemandPage>;
  /** Disclosures that rested on it, newest first. */
  productions(demandId: Uuid): Promise<readonly Production[]>;
  /** Entries on the customer's own lists although they were written as withheld: the delay they were withheld for is over. */
  toldLater(customerId: Uuid): Promise<readonly Uuid[]>;
  /** What the server does by itself, now and then. */
  look(signal: AbortSignal): Promise<void>;
}

const LOOK_EVERY_MS = 60_000;

const SCANNED_MAX = 5000;
const PAGE = 100;

export function openDemands(context: DemandsContext): Demands {
  const face = (row: DemandRow): DemandFace => faceOf(context, row);
  let lookedAt = 0;
  context.mail.tellProofs(async (proof) => {
    // Refused by mail, it goes by letter at the next look.
    if (await noteMail(context, proof)) lookedAt = 0;
  });
  return {
    rules: context.rules,
    takeIn: (draft, who) => takeIn(context, draft, who),
    check: (demandId, given, who) => check(context, demandId, given, who),
    narrow: (demandId, produced, who) => narrow(context, demandId, produced, who),
    settleNotice: (demandId, notice, who) => settleNotice(context, demandId, notice, who),
    tell: (demandId, who) => tellCustomers(context, demandId, who),
    toldByHand: (demandId, told, who) => toldByHand(context, demandId, told, who),
    review: (demandId, who) => reviewPrivilege(context, demandId, who),
    approve: (demandId, who) => approve(context, demandId, who),
    object: (demandId, ground, who) => object(context, demandId, ground, who),
    settleObjection: (demandId, outcome, who) => settleObjection(context, demandId, outcome, who),
    close: (demandId, how, who) => close(context, demandId, how, who),
    read: async (demandId) => face(await demandAt(context, demandId)),
    list: (state, page) => list(context, state, page),
    productions: async (demandId) =>
      productionsOf(context, demandId, customersOf((await demandAt(context, demandId)).content.named)),
    toldLater: (customerId) => toldLater(context, customerId),
    look: async (signal) => {
      const now = context.clock.now().getTime();
      if (now - lookedAt < LOOK_EVERY_MS) return;
      lookedAt = now;
      await lookAtDemands(context, signal).catch((error: unknown) => {
        lookedAt = 0;
        throw error;
      });
    },
  };
}

function faceOf(context: DemandsContext, row: DemandRow): DemandFace {
  return {
    row,
    state: stateOf(row, context.clock.now()),
    checks: checksOf(context, row.content),
    needsReview: needsReview(context, row.content),
    owed: owedOf(row.content, context.clock.now()),
  };
}

async function takeIn(context: DemandsContext, draft: DemandDraft, who: Who): Promise<Uuid> {
  const { access, authority, clock, rules, vault } = context;
  const kind = kindOf(rules, draft.kind);
  if (!kind.recipients.includes(draft.recipient.type)) throw new DemandError("beyond-kind", "recipient");
  const reached = await checkParts(context, kind, draft.named);
  const { customerId, recordId } = draft.document;
  const customers = customersOf(draft.named);
  const [document] = await vault.loadRecords([customerId], { recordId });
  if (!customers.includes(customerId) || document?.record.recordType !== "document")
    throw new DemandError("unknown-document");
  if (!(await context.isSealedHere(customerId, recordId))) throw new DemandError("unknown-document");
  const demandId = newId();
  const content = contentOf(draft, { reached, by: who.actor.principalId, now: clock.now() });
  const attempt = { kind: "demand", action: "demand.take-in", ...who, targets: customers, withheld: true } as const;
  const rows = new Map([
    [demandId, putRow(DEMAND, { rowId: demandId, content })],
    [customerId, putRow(DEMAND_PAPER, { rowId: newId(), content: { demandId, recordId } })],
  ]);
  return access.write(attempt, async ({ tx, act, moveCustomer }) => {
    // What was decided before, on the paper like any other, does not go out after.
    const written = [await moveCustomer(customerId)];
    for (const [ownerId, row] of [...rows].toSorted())
      written.push(...(await authority.change(tx, { ownerId, act, reads: [], make: () => [row] })));
    const detail = { demand: demandId, demandKind: draft.kind };
    return { result: demandId, written, customers, detail, ids: [demandId] };
  });
}

interface Made {
  readonly reached: Reached;
  readonly by: Uuid;
  readonly now: Date;
}

function contentOf(draft: DemandDraft, { reached, by, now }: Made): DemandContent {
  const { kind, issuer, reference, jurisdiction, recipient, receivedAt, dueAt, document, period } = draft;
  const named = draft.named.map((part) => ({ ...part }));
  return {
    kind,
    issuer,
    reference,
    jurisdiction,
    recipient: { ...recipient },
    receivedAt: receivedAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
    document: { ...document },
    period: { ...period },
    named,
    produced: named,
    ...reached,
    takenIn: { by, at: now.toISOString() },
    checks: [],
    notice: null,
    review: null,
    approvals: [],
    untilAt: null,
    objection: null,
    closed: null,
  };
}

async function check(
  context: DemandsContext,
  demandId: Uuid,
  { id, answer }: { readonly id: string; readonly answer: Answer },
  who: Who,
): Promise<void> {
  const seen = await demandAt(context, demandId);
  const { content } = seen;
  const asked = checksOf(context, content).find((one) => one.check.id === id)?.check;
  if (asked === undefined || (answer === "not-applicable" && !asked.mayNotApply))
    throw new DemandError("unknown-check");
  const given = { id, answer, by: who.actor.principalId, at: context.clock.now().toISOString() };
  const make = (held: DemandContent): DemandContent => ({
    ...held,
    checks: [...held.checks.filter((one) => one.id !== id), given],
    approvals: [],
  });
  const change = {
    demandId,
    seen,
    action: "demand.change",
    who,
    states: ["open"],
    said: { check: id, answer },
  } as const;
  await changeDemand(context, { ...change, make });
}

async function narrow(
  context: DemandsContext,
  demandId: Uuid,
  produced: readonly DemandPart[],
  who: Who,
): Promise<void> {
  const seen = await demandAt(context, demandId);
  const { content } = seen;
  const reached = await checkParts(context, kindOf(context.rules, content.kind), produced);
  requireWithin(produced, content.named);
  // What was found about more, or by others about what was privileged in it, is found out again.
  const make = (held: DemandContent): DemandContent => ({
    ...held,
    produced: produced.map((part) => ({ ...part })),
    ...reached,
    approvals: [],
    review: null,
  });
  const change = { demandId, seen, action: "demand.change", who, states: ["open"], said: { change: "scope" } } as const;
  await changeDemand(context, { ...change, make });
}

async function list(
  context: DemandsContext,
  state: DemandState | null,
  { after: from, limit }: { readonly after: Uuid | null; readonly limit: number },
): Promise<DemandPage> {
  const items: DemandFace[] = [];
  let after = from;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += PAGE) {
    const page = await context.authority.page(context.database, DEMAND, { state: "live", after, limit: PAGE });
    for (const row of page.rows) {
      after = row.rowId;
      const face = faceOf(context, row);
      if (state !== null && face.state !== state) continue;
      items.push(face);
      if (items.length === limit) return { items, next: after };
    }
    after = page.next;
    if (after === null) break;
  }
  return { items, next: after };
}
