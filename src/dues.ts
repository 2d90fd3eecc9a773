// What falls due for somebody, from the domains that hold it: for their calendar. Kinds, ids and times.
import type { Authenticated } from "./access/access.ts";
import type { Due } from "./calendar/calendar.ts";
import { type Grants, stateOf } from "./grants/grants.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Reports } from "./reports/reports.ts";
import type { Work } from "./work/work.ts";

export interface DueParts {
  readonly access: { may(actor: Authenticated, action: "report.read"): boolean };
  readonly clock: Clock;
  readonly grants: Pick<Grants, "of">;
  readonly reports: Pick<Reports, "list">;
  readonly work: Work;
}

const REPORTS_MAX = 200;
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
  contract: "contract",
  authorization: "authorization",
  telling: "telling",
};

/** Each asks what the asker may see: nothing here is beyond their rights. */
export function duesOf(parts: DueParts): (asker: Authenticated) => Promise<Due[]> {
  return async (asker) =>
    (await Promise.all([waiting(parts, asker), lent(parts, asker), reported(parts, asker)])).flat();
}

async function waiting({ work }: DueParts, asker: Authenticated): Promise<Due[]> {
  const { items } = await work.waitingFor(asker);
  return items.flatMap(({ kind, id, dueAt }): Due[] =>
    dueAt === null || id === null ? [] : [{ kind: KINDS[kind] ?? "other", id, at: dueAt }],
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
