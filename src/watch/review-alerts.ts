// The review queue: what is open, what it rests on, and what somebody decides about it who is not the one it is about.
import { AccessError, type Actor, type AlsoWrite } from "../access/access.ts";
import { putRow, type PageOf, type Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { WatchContext } from "./context.ts";
import { WatchError } from "./errors.ts";
import { alertDigest } from "./raise-alert.ts";
import { ALERT, type Alert, DECIDED_ALERT, type DecidedAlert, type Decision } from "./rows.ts";

const DAY_MS = 86_400_000;
/** How long a decided alert is kept among live rows: over a year, so that a reviewer sees a person's last one. */
const KEPT_DAYS = 400;

export interface AlertView {
  readonly alertId: Uuid;
  readonly principalId: Uuid;
  readonly alert: Alert;
  /** Null while it is open. */
  readonly decided: Omit<DecidedAlert, "alert" | "alertId"> | null;
}

export interface AlertPage {
  readonly items: readonly AlertView[];
  readonly unverified: readonly string[];
  readonly next: Uuid | null;
}

/** The caller checks `alert.list`. */
export async function listAlerts(
  { authority, database }: WatchContext,
  page: { readonly state: "open" | "decided"; readonly after: Uuid | null; readonly limit: number },
): Promise<AlertPage> {
  const { state, after, limit } = page;
  const of = { state: "live", after, limit } as const;
  if (state === "open") return pageOf(await authority.page(database, ALERT, of), openView);
  return pageOf(await authority.page(database, DECIDED_ALERT, of), decidedView);
}

/** The caller checks `alert.list`. Throws WatchError `unknown-alert`. */
export async function showAlert(context: WatchContext, alertId: Uuid): Promise<AlertView> {
  const { authority, database } = context;
  const lookup = alertDigest(context, alertId);
  const open = await authority.find(database, ALERT, lookup);
  if (open !== null) return openView(open);
  const decided = await authority.find(database, DECIDED_ALERT, lookup);
  if (decided === null) throw new WatchError("unknown-alert");
  return decidedView(decided);
}

export interface DecisionDraft {
  readonly alertId: Uuid;
  readonly decision: Decision;
  readonly reason: string;
}

/**
 * Throws WatchError `unknown-alert`, `already-decided`; AccessError `not-permitted`, and `own-authority` for whoever it is about, both recorded.
 */
export async function decideAlert(
  context: WatchContext,
  draft: DecisionDraft,
  actor: Actor,
  also?: AlsoWrite,
): Promise<AlertView> {
  const { access, authority, clock, rules } = context;
  const { alertId, decision, reason } = draft;
  const found = await showAlert(context, alertId);
  const { principalId } = found;
  const now = clock.now();
  const clears = decision === "explained" || decision === "false-alarm";
  const decided: DecidedAlert = {
    alertId,
    alert: found.alert,
    decision,
    reason,
    by: actor.principalId,
    at: now.toISOString(),
    clearsUntil: clears ? new Date(now.getTime() + rules.clearance.days * DAY_MS).toISOString() : null,
  };
  const withheld = found.alert.theme === "canary";
  const attempt = { kind: "alert", action: "alert.decide", actor, targets: [principalId], withheld, also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    // INVARIANT: nobody reviews what is about themselves.
    if (await access.isActor(tx, actor, [principalId])) throw new AccessError("own-authority");
    const written = await authority.change(tx, {
      ownerId: principalId,
      act,
      reads: [ALERT.kind],
      make: (live) => {
        const open = live.of(ALERT, now).find(({ rowId }) => rowId === alertId);
        if (open === undefined) throw new WatchError("already-decided");
        // What came in since it was read is decided with it.
        const content = { ...decided, alert: open.content };
        const endsAt = new Date(now.getTime() + KEPT_DAYS * DAY_MS);
        return [
          { end: alertId },
          putRow(DECIDED_ALERT, { rowId: newId(), lookup: alertDigest(context, alertId), endsAt, content }),
        ];
      },
    });
    return {
      result: null,
      written,
      detail: { principal: principalId, alert: alertId, decision, reason },
      ids: [alertId],
    };
  });
  return showAlert(context, alertId);
}

function openView({ rowId, ownerId, content }: Row<Alert>): AlertView {
  return { alertId: rowId, principalId: ownerId, alert: content, decided: null };
}

function decidedView({ ownerId, content }: Row<DecidedAlert>): AlertView {
  const { alertId, alert, ...decided } = content;
  return { alertId, principalId: ownerId, alert, decided };
}

function pageOf<Content>(page: PageOf<Content>, view: (row: Row<Content>) => AlertView): AlertPage {
  return { items: page.rows.map(view), unverified: page.unverified, next: page.next };
}
