// Follows the ledger: whoever opens a canary is an alert, and what other server processes showed is counted here too.
import type { Uuid } from "../kernel/bytes.ts";
import type { Role } from "../kernel/vocabulary.ts";
import type { WatchContext } from "./context.ts";
import type { InForce } from "./in-force.ts";
import { raiseAlert } from "./raise-alert.ts";
import type { Scorer } from "./scorer.ts";

const ENTRIES_AT_ONCE = 5000;
/** Before the start: what a server that has just died may not have got to. */
const ENTRIES_BEFORE = 20_000;
const CANARY_POINTS = 200;
const ROLES_REMEMBERED_MAX = 50_000;

export interface Follower {
  /** Reads on from where it stood. */
  look(signal: AbortSignal): Promise<void>;
}

export interface Following {
  readonly context: WatchContext;
  readonly scorer: Scorer;
  readonly inForce: InForce;
  /** Other server processes write to the same ledger. */
  readonly isShared: boolean;
  /** Null for whoever is no person whose looks are counted. */
  readonly roleOf: (principalId: Uuid) => Promise<Role | null>;
}

/**
 * INVARIANT: an alert on a canary is made here and nowhere in the answer's way, so that the asker waits no longer and gets nothing else. What was
 * followed is not written down; a server that starts goes some way back, and evidence that stands is not added again.
 */
export function createFollower(following: Following): Follower {
  const { context, inForce, isShared } = following;
  const roles = new Map<Uuid, Role | null>();
  // What came before is read with each person's past.
  const startedAt = Math.floor(context.clock.now().getTime() / 1000);
  let from: number | null = null;
  return {
    look: async (signal) => {
      await inForce.look();
      const canaries = inForce.canaries();
      const size = await context.ledger.size();
      from ??= Math.max(0, size - ENTRIES_BEFORE);
      if (canaries.size === 0 && !isShared) {
        from = size;
        return;
      }
      while (from < size && !signal.aborted) {
        const limit = Math.min(ENTRIES_AT_ONCE, size - from);
        const customerIds = isShared ? null : [...canaries];
        for (const seen of await context.ledger.followLooks({ from, customerIds, limit })) {
          if (canaries.has(seen.customerId)) await alertOf(following, seen);
          if (isShared && seen.at >= startedAt) await count(following, roles, seen);
        }
        from += limit;
      }
    },
  };
}

type Seen = Awaited<ReturnType<WatchContext["ledger"]["followLooks"]>>[number];

async function alertOf({ context }: Following, { entryId, actorId, customerId, at, refused }: Seen): Promise<void> {
  const says = refused
    ? "tried to open a customer that nobody has business with"
    : "opened a customer that nobody has business with";
  await raiseAlert(context, {
    principalId: actorId,
    theme: "canary",
    points: CANARY_POINTS,
    says,
    rules: ["canary"],
    isWithheld: true,
    evidence: [{ entryId, customerId, at: new Date(at * 1000).toISOString(), outcome: "allow", says }],
  });
}

async function count({ scorer, roleOf }: Following, roles: Map<Uuid, Role | null>, seen: Seen): Promise<void> {
  const { actorId, customerId, at, refused, isEmergency } = seen;
  const known = roles.get(actorId);
  const role = known === undefined ? await roleOf(actorId) : known;
  if (roles.size > ROLES_REMEMBERED_MAX) roles.clear();
  roles.set(actorId, role);
  if (role === null) return;
  // Only what is refused or an emergency is sure to have had no assignment.
  const tie = isEmergency ? "emergency" : refused ? "none" : "assigned";
  scorer.note({ principalId: actorId, role, isMachine: false }, { atMs: at * 1000, customerId, tie, refused });
}
