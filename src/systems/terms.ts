// On what terms a client works: narrowed by whoever administers, widened by two of them.
import type { Actor } from "../access/access.ts";
import { putRow, type LiveRows, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { CEILING_WINDOWS, type CeilingName, type Ceilings } from "./ceilings.ts";
import type { SystemsContext } from "./context.ts";
import { SystemsError } from "./errors.ts";
import { ASKED_TERMS, TERMS, USUAL_TERMS, type Terms } from "./rows.ts";

export interface SetTerms {
  /** Those that bind now. */
  readonly terms: Terms;
  /** Those that a second person is to approve; null where none are. */
  readonly waiting: Terms | null;
}

/** What is left out stays. Replaces whatever waits. Throws SystemsError `unknown-client`, `needs-second-person` for one's own. */
export async function setTerms(
  context: SystemsContext,
  clientId: Uuid,
  given: Partial<Terms>,
  actor: Actor,
): Promise<SetTerms> {
  const described = await context.access.describePrincipal(clientId);
  if (described?.kind !== "client") throw new SystemsError("unknown-client");
  if (await context.access.isActor(context.database, actor, [clientId]))
    throw new SystemsError("needs-second-person", "nobody sets their own terms");
  const now = context.clock.now();
  const attempt = { kind: "credential", action: "client.limit", actor, targets: [clientId] } as const;
  const set = await context.access.write(attempt, async ({ tx, act }) => {
    let result: SetTerms = { terms: USUAL_TERMS, waiting: null };
    const written = await context.authority.change(tx, {
      ownerId: clientId,
      act,
      reads: [TERMS.kind, ASKED_TERMS.kind],
      make: (live) => {
        const before = live.of(TERMS, now)[0]?.content ?? USUAL_TERMS;
        const after = { ...before, ...given };
        const waits = context.settings.approvals && isWider(before, after, context.ceilings(described.role));
        result = waits ? { terms: before, waiting: after } : { terms: after, waiting: null };
        const asked = { rowId: newId(), content: { terms: after, requestedBy: actor.principalId } };
        return [...endAsked(live, now), waits ? putRow(ASKED_TERMS, asked) : put(live, now, after)];
      },
    });
    const { terms, waiting } = result;
    return { result, written, detail: { client: clientId, terms, ...(waiting === null ? {} : { waiting }) } };
  });
  context.files.forget(clientId);
  return set;
}

/** What the second person's word does to terms that wait; nothing where none do. The caller has asked who it is. INVARIANT: of a client whose terms moved meanwhile nothing waits any more. */
export function approveTerms(live: LiveRows, now: Date): RowChange[] {
  const [asked] = live.of(ASKED_TERMS, now);
  if (asked === undefined) return [];
  return [...endAsked(live, now), put(live, now, asked.content.terms)];
}

function put(live: LiveRows, now: Date, content: Terms): RowChange {
  return putRow(TERMS, { ...(live.of(TERMS, now)[0] ?? { rowId: newId() }), content });
}

function endAsked(live: LiveRows, now: Date): RowChange[] {
  return live.of(ASKED_TERMS, now).map(({ rowId }) => ({ end: rowId }));
}

/** Whether anything could be done under `after` that could not under `before`. */
export function isWider(before: Terms, after: Terms, ofRole: Ceilings): boolean {
  if (before.actsFor === "nobody" && after.actsFor !== "nobody") return true;
  if (before.assignmentKinds !== null) {
    const known: readonly string[] = before.assignmentKinds;
    if (after.assignmentKinds === null || after.assignmentKinds.some((kind) => !known.includes(kind))) return true;
  }
  const [lower, higher] = [before.ceilings ?? ofRole, after.ceilings ?? ofRole];
  return (Object.keys(CEILING_WINDOWS) as CeilingName[]).some(
    (name) => (higher[name] ?? Infinity) > (lower[name] ?? Infinity),
  );
}
