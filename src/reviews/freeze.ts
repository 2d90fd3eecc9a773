// Freezes the scope of a review: one line a subject, each a snapshot of what stood when the review began.
import type { Access, Assignment, DescribedPrincipal } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { Role } from "../kernel/vocabulary.ts";
import type { ReviewsContext } from "./context.ts";
import { ReviewError } from "./errors.ts";
import { findingsOf } from "./findings.ts";
import { grantLines } from "./grant-lines.ts";
import { type Peers, peersByRole } from "./peers.ts";
import { type Population, readPopulation } from "./population.ts";
import { readSelves, shareOut } from "./reviewers.ts";
import { roleLines } from "./role-lines.ts";
import type { Line, LineSubject, Review, ReviewScope, Unassigned } from "./rows.ts";

export interface FrozenLine {
  readonly rowId: Uuid;
  readonly content: Line;
}

const DAY_MS = 86_400_000;
const LINES_MAX = 20_000;
const ASSIGNMENTS_PAGE = 200;
const NO_PEERS: Peers = { count: 0, actsMedian: 0, customersMedian: 0, holders: new Map() };

/** Throws ReviewError `empty-scope`, `too-many-lines`, `no-reviewer`, `default-not-allowed`. */
export async function freezeLines(context: ReviewsContext, reviewId: Uuid, review: Review): Promise<FrozenLine[]> {
  const { clock, thresholds } = context;
  const since = new Date(clock.now().getTime() - thresholds.periodDays * DAY_MS);
  const population = await readPopulation(context, since);
  const peers = peersByRole(population.people, population.usage);
  const inScope = population.people.filter((person) => isInScope(review.scope, person));
  const people = inScope
    .filter(({ kind }) => review.scope.subjects.includes(kind as "staff" | "client"))
    .map((person) => personLine(context, population, peers, person));
  const assignments = review.scope.subjects.includes("assignment")
    ? await assignmentLines(context, population, peers, inScope)
    : [];
  const grants = review.scope.subjects.includes("grant")
    ? await grantLines(context, inScope, (person) => personLine(context, population, peers, person))
    : [];
  const roles = review.scope.subjects.includes("role")
    ? roleLines(context, { population, peers, reviewId, scope: review.scope })
    : [];
  const lines = [...people, ...assignments, ...grants, ...roles];
  assertAcceptable(context, review, lines);
  const { reviewers, escalation } = review;
  const selvesOf = await readSelves(context, [...reviewers, escalation].map(asId), lines);
  const reviewerOf = shareOut({ reviewers: reviewers.map(asId), escalation: asId(escalation), selvesOf });
  return lines.map((line) => {
    const reviewer = reviewerOf(line);
    if (reviewer === null) throw new ReviewError("no-reviewer");
    return { rowId: newId(), content: { ...line, reviewer } };
  });
}

function assertAcceptable({ thresholds }: ReviewsContext, review: Review, lines: readonly Unassigned[]): void {
  if (lines.length === 0) throw new ReviewError("empty-scope");
  if (lines.length > LINES_MAX) throw new ReviewError("too-many-lines");
  const privileged = lines.some(({ subject }) => thresholds.privilegedRoles.includes(subject.role));
  if (privileged && review.overdue === "approve") throw new ReviewError("default-not-allowed");
}

function isInScope({ roles, entities, principals }: ReviewScope, person: DescribedPrincipal): boolean {
  return (
    (roles.length === 0 || roles.includes(person.role)) &&
    (entities.length === 0 || person.entities.some((entity) => entities.includes(entity))) &&
    (principals.length === 0 || principals.includes(person.principalId))
  );
}

type PeersByRole = ReadonlyMap<Role, Peers>;

function personLine(
  { thresholds, access, clock }: ReviewsContext,
  population: Population,
  peersByItsRole: PeersByRole,
  person: DescribedPrincipal,
): Unassigned {
  const peers = peersByItsRole.get(person.role) ?? NO_PEERS;
  const findings = findingsOf(person, { thresholds, access, population, peers, now: clock.now() });
  return {
    subject: subjectOf(population, person, person.kind === "staff" ? "staff" : "client"),
    assignment: null,
    grant: null,
    used: usedOf(population, person.principalId),
    peers: { count: peers.count, actsMedian: peers.actsMedian, customersMedian: peers.customersMedian },
    ...findings,
    grantors: grantorsOf(population, person.principalId),
    decision: null,
    postponed: [],
    applied: null,
  };
}

function subjectOf(population: Population, person: DescribedPrincipal, kind: LineSubject["kind"]): LineSubject {
  return {
    kind,
    id: person.principalId,
    name: person.name,
    role: person.role,
    status: person.status,
    purposes: [...person.purposes],
    rowScope: person.rowScope,
    groups: person.groups.length,
    grants: population.signIns.get(person.principalId)?.grants ?? 0,
    entities: [...person.entities],
    lines: [...person.lines],
    classes: person.classCeiling === null ? null : [...person.classCeiling],
    expiresAt: person.expiresAt?.toISOString() ?? null,
    revision: person.revision,
  };
}

function usedOf(population: Population, principalId: Uuid): Line["used"] {
  const usage = population.usage.get(principalId);
  const lastSeconds = usage?.lastAt ?? population.lastActs.get(principalId);
  return {
    since: population.since.toISOString(),
    lastAt: lastSeconds === undefined ? null : new Date(lastSeconds * 1000).toISOString(),
    acts: usage?.entries ?? 0,
    purposes: [...(usage?.purposes ?? [])],
    classes: [...(usage?.classes ?? [])],
    customers: usage?.customers ?? 0,
  };
}

/** Not the subject itself, who may have replaced its own secret: that gives it nothing. */
function grantorsOf({ grantors }: Population, principalId: Uuid): Uuid[] {
  return [...(grantors.get(principalId) ?? [])].filter((id) => id !== principalId).toSorted();
}

/** One line an open assignment. INVARIANT: its grantor is who made it, as the sealed entry says, and not who made whom it was given to. */
async function assignmentLines(
  context: ReviewsContext,
  population: Population,
  peers: PeersByRole,
  people: readonly DescribedPrincipal[],
): Promise<Unassigned[]> {
  const found: { readonly person: DescribedPrincipal; readonly assignment: Given }[] = [];
  for (const person of people) {
    for await (const assignment of assignmentsOf(context, person.principalId)) {
      if (found.length >= LINES_MAX) throw new ReviewError("too-many-lines");
      found.push({ person, assignment });
    }
  }
  const grantors = await context.ledger.actorsOf(found.map(({ assignment }) => assignment.act));
  return found.map(({ person, assignment }) => {
    const line = personLine(context, population, peers, person);
    const grantor = grantors.get(assignment.act);
    return { ...assignmentLine(line, assignment), grantors: grantor === undefined ? [] : [grantor] };
  });
}

type Given = Awaited<ReturnType<Access["listAssigned"]>>["assignments"][number];

async function* assignmentsOf({ access }: ReviewsContext, principalId: Uuid): AsyncGenerator<Given> {
  for (let after = null; ;) {
    const page = await access.listAssigned([principalId], { after, limit: ASSIGNMENTS_PAGE });
    yield* page.assignments;
    if (page.next === null) return;
    after = page.next as never;
  }
}

function assignmentLine(
  line: Unassigned,
  { customerId, assignmentId, kind, startsAt, endsAt }: Assignment,
): Unassigned {
  const ends = line.suggestion.decision === "revoke";
  return {
    ...line,
    subject: { ...line.subject, kind: "assignment" },
    assignment: {
      customerId,
      assignmentId,
      kind,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt?.toISOString() ?? null,
    },
    suggestion: { ...line.suggestion, decision: ends ? "revoke" : "approve", narrowTo: null },
  };
}
