// A feed of assignments is a grant: which kinds a machine may give out, how many an hour, and to whom not.
import type { Actor, AssignmentRequest } from "../access/access.ts";
import { samePersons } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { ClientFile } from "./client-files.ts";
import type { SystemsContext } from "./context.ts";
import { SystemsError } from "./errors.ts";
import { spend } from "./spend.ts";

const ASSIGNEES_MAX = 500;

export interface Feeding {
  /** What is to be given out. */
  readonly requests: readonly Pick<AssignmentRequest, "assigneeId" | "kind">[];
  /** How many are to be ended. */
  readonly ended?: number;
}

/**
 * Lets everybody pass who is no machine: people who administer assign under their own rules. Throws SystemsError `feed-not-entitled` and
 * `ceiling-reached`, recorded as denials with their reason.
 */
export async function holdFeed(context: SystemsContext, actor: Actor, feeding: Feeding): Promise<void> {
  if (actor.kind !== "client" || actor.role !== "service-account") return;
  const { requests, ended = 0 } = feeding;
  const reason = await notEntitled(context, actor, requests);
  if (reason !== null) {
    await recordRefusal(context, actor, feeding, reason);
    throw new SystemsError("feed-not-entitled", reason);
  }
  const reached = await spend(context, actor, { assignmentsAnHour: requests.length + ended });
  if (reached === null) return;
  await recordRefusal(context, actor, feeding, `ceiling ${reached.ceiling} of ${reached.amount}`);
  throw new SystemsError("ceiling-reached", `this feed may give out or end ${reached.amount} assignments an hour`);
}

/** Why not, in words that are safe to show; null where it is. */
async function notEntitled(
  context: SystemsContext,
  actor: Actor,
  requests: Feeding["requests"],
): Promise<string | null> {
  const file = await context.files.of(actor.principalId, true);
  const { assignmentKinds } = file.terms;
  if (assignmentKinds !== null && requests.some(({ kind }) => !assignmentKinds.includes(kind)))
    return "this feed may not give out assignments of that kind";
  const assignees = [...new Set(requests.map(({ assigneeId }) => assigneeId))].slice(0, ASSIGNEES_MAX);
  const selves = await makersOf(context, file, assignees);
  for (const assigneeId of assignees) {
    if (assigneeId === actor.principalId || selves.has(assigneeId) || (await isOfOneMaker(context, file, assigneeId)))
      return "whoever set up this feed set up the assignee as well";
  }
  return null;
}

async function recordRefusal(
  { ledger }: SystemsContext,
  actor: Actor,
  { requests, ended = 0 }: Feeding,
  reason: string,
): Promise<void> {
  await ledger.append({
    entryId: newId(),
    kind: "assignment",
    outcome: "denied",
    actorId: actor.principalId,
    customerId: null,
    recipientId: null,
    purpose: "administration",
    basis: "role-duty",
    classes: [],
    withheld: requests.some(({ kind }) => kind === "investigation"),
    detail: {
      action: ended > 0 ? "assignment.end" : "assignment.create",
      refused: reason,
      targets: [...new Set(requests.map(({ assigneeId }) => assigneeId))].slice(0, ASSIGNEES_MAX),
    },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
}

/** INVARIANT: nobody gives themselves rows by a machine of their own: the feed's requester and approver get none from it, as whatever principal of theirs. */
async function makersOf(
  { authority, database }: SystemsContext,
  { registration }: ClientFile,
  assignees: readonly Uuid[],
): Promise<ReadonlySet<Uuid>> {
  const makers = registration === null ? [] : [registration.requestedBy, registration.approvedBy];
  const found = makers.flatMap((maker) =>
    maker === null ? [] : samePersons(authority, database, asId(maker), assignees),
  );
  return new Set((await Promise.all(found)).flatMap((same) => [...same]));
}

/** Nor does a client that the same person asked for, unless a second person approved one of the two (wherever the server asks for that). */
async function isOfOneMaker(
  { files, settings, authority, database }: SystemsContext,
  { registration: ofFeed }: ClientFile,
  assigneeId: Uuid,
): Promise<boolean> {
  if (!settings.approvals || ofFeed === null || ofFeed.approvedBy !== null) return false;
  const { registration: ofAssignee } = await files.of(assigneeId);
  if (ofAssignee === null || ofAssignee.approvedBy !== null) return false;
  const same = await samePersons(authority, database, asId(ofFeed.requestedBy), [asId(ofAssignee.requestedBy)]);
  return same.size > 0;
}
