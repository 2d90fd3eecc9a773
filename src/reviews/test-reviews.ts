// For tests: reviews over access, authority and a ledger of their own, people to review, and people to review them.
import { openAuthorityRows } from "../authority/authority.ts";
import type { Access, Authenticated } from "../access/access.ts";
import {
  administrator,
  GOVERNANCE,
  makeClient,
  openTestAccess,
  requestFor,
  type TestAccess,
} from "../access/test-access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { DataClass, Purpose, Role } from "../kernel/vocabulary.ts";
import { openReviews, type HeldLine, type ReviewRequest, type Reviews } from "./reviews.ts";

export interface TestReviews extends TestAccess {
  readonly reviews: Reviews;
  readonly authority: ReturnType<typeof openAuthorityRows>;
  readonly admin: Authenticated;
  /** Starts reviews, and reads all of them. */
  readonly officer: Authenticated;
  /** Two who decide. */
  readonly reviewers: readonly [Authenticated, Authenticated];
  /** Another server on the same storage. */
  readonly anotherServer: () => Promise<Reviews>;
}

export async function openTestReviews(): Promise<TestReviews> {
  const bench = await openTestAccess();
  const clock = { now: bench.now };
  const authority = openAuthorityRows({ keys: bench.keys, clock, onAnomaly: () => {} });
  const over = (access: Access): Reviews =>
    openReviews({
      database: bench.db.database,
      access,
      authority,
      ledger: bench.ledger,
      clock,
      // Nothing is lent here; what is shows over the whole server.
      endGrant: async () => false,
      governanceFolder: GOVERNANCE,
    });
  const admin = await administrator(bench.access);
  const maker = async (role: Role): Promise<Authenticated> => (await makeClient(bench.access, admin, role)).principal;
  const officer = await maker("compliance");
  const reviewers = [await maker("claims-adjuster"), await maker("underwriter")] as const;
  const anotherServer = async (): Promise<Reviews> => over(await bench.another());
  return { ...bench, authority, reviews: over(bench.access), admin, officer, reviewers, anotherServer };
}

export const DAY_MS = 86_400_000;

/** A review of the principals given, due in thirty days. */
export function requestOf(bench: TestReviews, changes: Partial<ReviewRequest> = {}): ReviewRequest {
  return {
    name: "Spring review",
    scope: { subjects: ["client", "staff"], roles: [], entities: [], principals: [] },
    reviewers: bench.reviewers.map(({ principalId }) => principalId),
    escalation: bench.officer.principalId,
    dueAt: new Date(bench.now().getTime() + 30 * DAY_MS),
    overdue: "revoke",
    ...changes,
  };
}

export async function begun(bench: TestReviews, principals: readonly Uuid[], changes: Partial<ReviewRequest> = {}) {
  const asked = requestOf(bench, changes);
  const scope = { ...asked.scope, principals: [...principals] };
  const reviewId = await bench.reviews.create({ ...asked, scope }, bench.officer);
  await bench.reviews.start(reviewId, bench.officer);
  return { reviewId, lines: await bench.reviews.lines(reviewId, bench.officer) };
}

export function makePerson(
  { access, admin }: TestReviews,
  role: Role,
  changes: { readonly name?: string; readonly entities?: readonly string[] } = {},
): Promise<Uuid> {
  const { role: _role, ...request } = requestFor(access, role, changes);
  return access.createStaff({ ...request, role, name: changes.name ?? "Ida" }, admin);
}

/** As if they had been shown something. */
export async function showed(
  { ledger }: TestReviews,
  actorId: Uuid,
  shown: { readonly purpose: Purpose; readonly classes: readonly DataClass[]; readonly withheld?: boolean },
): Promise<void> {
  await ledger.append({
    entryId: newId(),
    kind: "disclosure",
    outcome: "allowed",
    actorId,
    customerId: newId(),
    recipientId: null,
    purpose: shown.purpose,
    basis: "role-duty",
    classes: shown.classes,
    withheld: shown.withheld ?? false,
    detail: {},
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
}

/** As if one had once changed the other. */
export async function granted({ ledger }: TestReviews, actorId: Uuid, principalId: Uuid): Promise<void> {
  await ledger.append({
    entryId: newId(),
    kind: "principal",
    outcome: "done",
    actorId,
    customerId: null,
    recipientId: null,
    purpose: "administration",
    basis: "role-duty",
    classes: [],
    withheld: false,
    detail: { action: "client.change", principal: { id: principalId } },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
}

/** Decides a line by whoever it is with. */
export async function decide(
  bench: TestReviews,
  reviewId: Uuid,
  line: HeldLine,
  decision: "approve" | "narrow" | "revoke" | "defer" | "escalate",
): Promise<void> {
  const by = [...bench.reviewers, bench.officer].find(({ principalId }) => principalId === line.content.reviewer);
  await bench.reviews.decide({ reviewId, lineIds: [line.rowId], decision, reason: "as agreed", narrowTo: null }, by!);
}

export function lineOn(lines: readonly HeldLine[], id: Uuid): HeldLine {
  const found = lines.find(({ content }) => content.subject.id === id);
  if (found === undefined) throw new Error("there is no line on it");
  return found;
}
