// Tells the gate which approved processes reach a customer, for the purpose and the recipient of a question.
import type { AuthorityRows } from "../authority/authority.ts";
import type { Entitlement, GatherEntitlements } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database } from "../postgres/database.ts";
import { PROCESS, type ProcessContent } from "./demand-row.ts";

export interface ProcessParts {
  readonly authority: Pick<AuthorityRows, "liveOfMany">;
  readonly database: Database;
  readonly clock: Clock;
  readonly areOnePerson: (one: Uuid, other: Uuid) => Promise<boolean>;
}

type Asker = Parameters<GatherEntitlements>[0];
type Terms = Parameters<GatherEntitlements>[2];

/** INVARIANT: customers whose rows do not verify are reached by nothing; who approved does not produce, and who reviewed does not rest on the review. */
export function gatherProcesses(parts: ProcessParts): GatherEntitlements {
  const { authority, database, clock } = parts;
  return async (asker, customers, terms) => {
    if (terms.basis !== "legal-demand") return new Map();
    const ids = customers.map(({ customerId }) => customerId);
    const found = await authority.liveOfMany(database, [PROCESS], ids);
    const now = clock.now();
    const entitled = new Map<Uuid, readonly Entitlement[]>();
    for (const [customerId, live] of found) {
      const theirs: Entitlement[] = [];
      for (const { content } of live?.of(PROCESS, now) ?? [])
        if (isFor(content, terms)) theirs.push(...(await entitlementsOf(parts, asker, content)));
      entitled.set(customerId, theirs);
    }
    return entitled;
  };
}

/** Whoever prepares what will be produced names no recipient yet. */
function isFor({ purposes, recipient: named }: ProcessContent, { purpose, recipient }: Terms): boolean {
  if (!purposes.includes(purpose)) return false;
  if (recipient === null) return true;
  return recipient.type === named.type && (named.recipientId === null || recipient.recipientId === named.recipientId);
}

async function entitlementsOf(parts: ProcessParts, asker: Asker, content: ProcessContent): Promise<Entitlement[]> {
  const { demandId, classes, unitIds, recordIds, psychotherapyNotes, reviewedBy, approvedBy } = content;
  if (await isAny(parts, asker, approvedBy)) return [];
  const isWithheld = isKeptBack(content, parts.clock.now());
  // A process reaches the class that it names: whether it may is one of the checks that it was approved on (42 CFR 2.61-2.67).
  const specialHealth = () => true;
  const reach = {
    id: asId(demandId),
    agreedAt: null,
    paperId: null,
    classes,
    unitIds,
    recordIds,
    psychotherapyNotes,
    specialHealth,
    isWithheld,
  };
  const isReviewed = reviewedBy !== null && !(await isAny(parts, asker, [reviewedBy]));
  const process: Entitlement = { kind: "legal-process", ...reach };
  return isReviewed ? [process, { ...process, kind: "privilege-review" }] : [process];
}

/** 45 CFR 164.528(a)(2): for the time that the agency names, and no longer. */
function isKeptBack({ isWithheld, withheldUntilAt }: ProcessContent, now: Date): boolean {
  return isWithheld && (withheldUntilAt === null || now < new Date(withheldUntilAt));
}

async function isAny({ areOnePerson }: ProcessParts, asker: Asker, others: readonly Uuid[]): Promise<boolean> {
  const askers = [asker.principalId, ...(asker.via === undefined ? [] : [asker.via])];
  for (const one of askers)
    for (const other of others) if (one === other || (await areOnePerson(one, other))) return true;
  return false;
}
