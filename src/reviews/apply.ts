// Does what was decided: revokes, narrows, ends. Each is an entry of its own, made by the server for the review.
import { type Access, AccessError } from "../access/access.ts";
import { DATA_CLASSES } from "../kernel/vocabulary.ts";
import type { ReviewsContext } from "./context.ts";
import type { Line, LineDecision, Narrowing } from "./rows.ts";

type Outcome = NonNullable<Line["applied"]>["outcome"];
type ApplyingAccess = Pick<
  Access,
  "setClientStatus" | "changeClient" | "endAssignments" | "describePrincipal" | "roles" | "system"
>;

/** What stands in the way of nothing any more: it is revoked, ended or erased already, or ran out. */
const GONE = ["wrong-status", "unknown-client", "unknown-assignment", "unknown-customer", "erased", "bad-expiry"];

/** Null where it is not done yet, and not ours to do. Safe to repeat. */
export async function applyLine(
  { access, endGrant }: { readonly access: ApplyingAccess; readonly endGrant: ReviewsContext["endGrant"] },
  line: Line,
): Promise<Outcome | null> {
  const { decision, grant } = line;
  if (decision === null || decision.decision === "approve") return "kept";
  if (grant !== null) return (await endGrant(grant.grantId)) ? "ended" : "gone";
  try {
    return await applyDecision(access, line, decision);
  } catch (error) {
    if (error instanceof AccessError && GONE.includes(error.code)) return "gone";
    throw error;
  }
}

async function applyDecision(access: ApplyingAccess, line: Line, decision: LineDecision): Promise<Outcome | null> {
  const { subject, assignment } = line;
  const { narrowTo } = decision;
  if (subject.kind === "role") return roleOutcome(access, line, narrowTo);
  if (assignment !== null) {
    await access.endAssignments([assignment], access.system);
    return "ended";
  }
  if (narrowTo === null) return revoke(access, line);
  return narrow(access, line, narrowTo);
}

async function revoke({ setClientStatus, system }: ApplyingAccess, { subject }: Line): Promise<Outcome> {
  await setClientStatus({ principalId: subject.id, action: "client.revoke" }, system);
  return "revoked";
}

/** INVARIANT: what stands now is cut to what was decided, so that a change made meanwhile is never undone by widening. */
async function narrow(
  access: ApplyingAccess,
  line: Line,
  { purposes, classes, entities, lines }: Narrowing,
): Promise<Outcome> {
  const standing = await access.describePrincipal(line.subject.id);
  if (standing === null) throw new AccessError("forged-authority");
  const scope = {
    purposes: cut(standing.purposes, purposes),
    classCeiling: classes === null ? standing.classCeiling : cut(standing.classCeiling ?? DATA_CLASSES, classes),
    entities: cut(standing.entities, entities),
    lines: cut(standing.lines, lines),
  };
  const emptied =
    scope.purposes.length === 0 ||
    (standing.entities.length > 0 && scope.entities.length === 0) ||
    (standing.lines.length > 0 && scope.lines.length === 0);
  // Nothing of what may stay is there any more.
  if (emptied) return revoke(access, line);
  await access.changeClient({ principalId: standing.principalId, scope }, access.system);
  return "narrowed";
}

function cut<Word extends string>(standing: readonly Word[], kept: readonly Word[] | null): Word[] {
  return standing.filter((word) => kept === null || kept.includes(word));
}

/** Roles stand in governance/access/roles.yaml: somebody changes the file, and this sees that it was done. */
function roleOutcome({ roles }: ApplyingAccess, { subject }: Line, narrowTo: Narrowing | null): Outcome | null {
  const rules = roles[subject.role];
  if (narrowTo === null) return rules.daysMax === 0 ? "revoked" : null;
  const kept: readonly string[] = narrowTo.purposes ?? [];
  return rules.purposes.every((purpose) => kept.includes(purpose)) ? "narrowed" : null;
}
