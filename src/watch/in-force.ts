// What is in force besides the rules: whose ceilings a catastrophe mode widens, who is narrowed to assigned work, who is a canary. Read again every few seconds.
import type { Uuid } from "../kernel/bytes.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { listCanaries } from "./canaries.ts";
import { type CatastropheView, listCatastrophes } from "./catastrophes.ts";
import type { WatchContext } from "./context.ts";
import { ALERT } from "./rows.ts";

const PAGE = 500;
const PAGES_MAX = 20;

export interface InForce {
  /** What ceilings of volume are multiplied by: 1 but in a catastrophe. */
  widenedFor(role: Role, nowMs: number): number;
  isNarrowed(principalId: Uuid): boolean;
  noteOpenPoints(principalId: Uuid, points: number): void;
  canaries(): ReadonlySet<Uuid>;
  /** Reads all of it anew. */
  look(): Promise<void>;
}

export function createInForce(context: WatchContext): InForce {
  const { times } = context.rules.catastrophe;
  const { narrowAtPoints } = context.rules.alerts;
  let modes: readonly CatastropheView[] = [];
  let canaries: ReadonlySet<Uuid> = new Set();
  let narrowed = new Set<Uuid>();
  return {
    widenedFor: (role, nowMs) =>
      modes.some(({ roles, endsAt }) => roles.includes(role) && nowMs < endsAt.getTime()) ? times : 1,
    isNarrowed: (principalId) => narrowed.has(principalId),
    noteOpenPoints: (principalId, points) => {
      if (points >= narrowAtPoints) narrowed.add(principalId);
    },
    canaries: () => canaries,
    look: async () => {
      const [listed, marked, points] = await Promise.all([
        listCatastrophes(context),
        listCanaries(context),
        openPointsOf(context),
      ]);
      modes = listed.filter(({ approvedBy }) => approvedBy !== null);
      canaries = new Set(marked.map(({ customerId }) => customerId));
      narrowed = new Set([...points].filter(([, sum]) => sum >= narrowAtPoints).map(([principalId]) => principalId));
    },
  };
}

/** By principal, of alerts that nobody has decided. */
async function openPointsOf({ authority, database }: WatchContext): Promise<Map<Uuid, number>> {
  const sums = new Map<Uuid, number>();
  let after: Uuid | null = null;
  for (let read = 0; read < PAGES_MAX; read += 1) {
    const page: Awaited<ReturnType<typeof authority.page<(typeof ALERT)["content"]["_output"]>>> = await authority.page(
      database,
      ALERT,
      { state: "live", after, limit: PAGE },
    );
    for (const { ownerId, content } of page.rows) sums.set(ownerId, (sums.get(ownerId) ?? 0) + content.points);
    after = page.next;
    if (after === null) break;
  }
  return sums;
}
