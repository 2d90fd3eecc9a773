// What falls due for somebody, from the domains that hold it: for their calendar. Kinds, ids and times.
import type { Authenticated } from "./access/access.ts";
import type { Due } from "./calendar/calendar.ts";
import { type Grants, stateOf } from "./grants/grants.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Retention } from "./retention/retention.ts";
import type { Reports } from "./reports/reports.ts";
import type { Work } from "./work/work.ts";

export interface DueParts {
  readonly access: { may(actor: Authenticated, action: "report.read" | "disposal.ask" | "disposal.decide"): boolean };
  readonly clock: Clock;
  readonly grants: Pick<Grants, "of">;
  readonly reports: Pick<Reports, "list">;
  readonly retention: Pick<Retention, "disposals">;
  readonly work: Work;
}

const REPORTS_MAX = 200;
const DISPOSALS_MAX = 200;
const KINDS: Readonly<Partial<Record<string, Due["kind"]>>> = {
  review: "review",
  grant: "grant",
  change: "change",
  erasure: "erasure",
  right: "request",
  demand: "demand",
  "demand-notice": "demand",
  dilemma: "dilemma",
  disposal: "disposal",
  "retention-maximum": "maximum",
  contract: "contract",
  authorization: "authorization",
  telling: "telling",
};

/** Each asks what the asker may see: nothing here is beyond their rights. */
export function duesOf(parts: DueParts): (asker: Authenticated) => Promise<Due[]> {
  return async (asker) =>
    (
      await Promise.all([waiting(parts, asker), lent(parts, asker), reported(parts, asker), running(parts, asker)])
    ).flat();
}

async function waiting({ work }: DueParts, asker: Authenticated): Promise<Due[]> {
  const { items } = await work.waitingFor(asker);
  // What is counted and has no id of its own stands once.
  return items.flatMap(({ kind, what, id, dueAt }): Due[] =>
    dueAt === null ? [] : [{ kind: KINDS[kind] ?? "other", id: id ?? what, at: dueAt }],
  );
}

/** What one was lent oneself, and when it ends. */
async function lent({ grants, clock }: DueParts, { principalId }: Authenticated): Promise<Due[]> {
  const rows = await grants.of(principalId);
  return rows.flatMap((row): Due[] =>
    row.endsAt === null || stateOf(row, clock.now()) !== "in-force"
      ? []
      : [{ kind: "grant", id: row.rowId, at: row.endsAt }],
  );
}

async function reported({ access, reports }: DueParts, asker: Authenticated): Promise<Due[]> {
  if (!access.may(asker, "report.read")) return [];
  const { items } = await reports.list(asker, null, { after: null, limit: REPORTS_MAX });
  return items
    .filter(({ closedAt, feedbackAt }) => closedAt === null && feedbackAt === null)
    .map(({ reportId, acknowledgedAt, acknowledgeBy, feedbackBy }) => ({
      kind: "report",
      id: reportId,
      at: acknowledgedAt === null ? acknowledgeBy : feedbackBy,
    }));
}

/** Approved disposals, since their approval: the server carries them out, and whoever answers for them sees that it has not. */
async function running({ access, retention }: DueParts, asker: Authenticated): Promise<Due[]> {
  if (!access.may(asker, "disposal.ask") && !access.may(asker, "disposal.decide")) return [];
  const { items } = await retention.disposals.list({ after: null, limit: DISPOSALS_MAX });
  return items.flatMap(({ disposalId: id, state, decided }): Due[] =>
    state !== "approved" || decided === null ? [] : [{ kind: "disposal-run", id, at: decided.at }],
  );
}
