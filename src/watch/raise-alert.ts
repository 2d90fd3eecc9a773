// Opens an alert, or adds to the one that is open already, and restricts whoever has too many that nobody has reviewed.
import { AccessError } from "../access/access.ts";
import { type LiveRows, putRow, type Row, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { WatchContext } from "./context.ts";
import type { Theme } from "./opening.ts";
import { ALERT, type Alert, DECIDED_ALERT, type Evidence } from "./rows.ts";

const EVIDENCE_MAX = 50;
const HOUR_MS = 3_600_000;

export interface Odd {
  /** Whom it is about. */
  readonly principalId: Uuid;
  readonly theme: Theme;
  readonly points: number;
  readonly says: string;
  readonly rules: readonly string[];
  /** Not told to readers of the ledger who are not cleared: they would learn who is a canary. */
  readonly isWithheld: boolean;
  readonly evidence: readonly Evidence[];
}

/** Returns the sum of the points of the principal's open alerts. Safe to call again with the same evidence. */
export async function raiseAlert(context: WatchContext, odd: Odd): Promise<number> {
  const { access, authority } = context;
  const { principalId, theme, rules } = odd;
  const stands = (await authority.liveOfMany(context.database, [ALERT, DECIDED_ALERT], [principalId])).get(principalId);
  // An enumerator's thousandth guess is not a thousandth write.
  if (stands != null && changeOf(context, odd, stands) === null) return openPoints(context, stands, null);
  let made: Made | null = null;
  let points = 0;
  const attempt = {
    kind: "alert",
    action: "alert.raise",
    actor: access.system,
    targets: [principalId],
    withheld: odd.isWithheld,
  } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: principalId,
      act,
      reads: [ALERT.kind, DECIDED_ALERT.kind],
      make: (live) => {
        made = changeOf(context, odd, live);
        points = openPoints(context, live, made);
        return made === null ? [] : [made.change];
      },
    });
    const detail = { principal: principalId, theme, points: odd.points, rules: [...rules], says: odd.says };
    const seen = odd.evidence.map(({ entryId, customerId }) => ({ entry: entryId, customer: customerId }));
    return { result: null, written, detail: { ...detail, evidence: seen } };
  });
  if (made !== null) {
    const { alertId, isNew } = made as Made;
    const isSuspended = points >= context.rules.alerts.suspendAtPoints && (await suspend(context, principalId));
    context.onAlert({ alertId, principalId, theme, rules, isNew, isSuspended });
  }
  return points;
}

interface Made {
  readonly alertId: Uuid;
  readonly isNew: boolean;
  readonly points: number;
  readonly before: number;
  readonly change: RowChange;
}

/** Null where the evidence stands already, in an open alert or a decided one, or an open one is full. */
function changeOf(context: WatchContext, odd: Odd, live: LiveRows): Made | null {
  const now = context.clock.now();
  const open = live.of(ALERT, now);
  const known = new Set(
    [...open.map(({ content }) => content), ...live.of(DECIDED_ALERT, now).map(({ content }) => content.alert)].flatMap(
      ({ evidence }) => evidence.map(({ entryId, customerId }) => `${entryId} ${customerId}`),
    ),
  );
  const fresh = odd.evidence.filter(({ entryId, customerId }) => !known.has(`${entryId} ${customerId}`));
  if (fresh.length === 0) return null;
  const since = now.getTime() - context.rules.alerts.foldHours * HOUR_MS;
  const same = open.find(({ content }) => content.theme === odd.theme && Date.parse(content.openedAt) > since);
  if (same !== undefined && same.content.evidence.length >= EVIDENCE_MAX) return null;
  const alertId = same?.rowId ?? newId();
  const content = merged(odd, fresh, same, now);
  const lookup = alertDigest(context, alertId);
  const before = same?.content.points ?? 0;
  return {
    alertId,
    isNew: same === undefined,
    points: content.points,
    before,
    change: putRow(ALERT, { rowId: alertId, lookup, content }),
  };
}

function merged(odd: Odd, fresh: readonly Evidence[], same: Row<Alert> | undefined, now: Date): Alert {
  const before = same?.content;
  const isOdder = before === undefined || odd.points > before.points;
  return {
    theme: odd.theme,
    points: isOdder ? odd.points : before.points,
    says: (isOdder ? odd.says : before.says).slice(0, 1000),
    rules: [...new Set([...(before?.rules ?? []), ...odd.rules])].slice(0, 40),
    openedAt: before?.openedAt ?? now.toISOString(),
    lastAt: now.toISOString(),
    evidence: [...(before?.evidence ?? []), ...fresh].slice(0, EVIDENCE_MAX),
  };
}

function openPoints(context: WatchContext, live: LiveRows, made: Made | null): number {
  const stood = live.of(ALERT, context.clock.now()).reduce((sum, { content }) => sum + content.points, 0);
  return made === null ? stood : stood - made.before + made.points;
}

/** Whether it was this that stopped the principal. */
async function suspend({ access, onFailure }: WatchContext, principalId: Uuid): Promise<boolean> {
  try {
    await access.setClientStatus({ principalId, action: "client.suspend" }, access.system);
    return true;
  } catch (error) {
    // Stopped already, or gone.
    if (!(error instanceof AccessError && error.code === "wrong-status")) onFailure(error);
    return false;
  }
}

/** By which an alert is found, open or decided. */
export function alertDigest({ keys }: Pick<WatchContext, "keys">, alertId: Uuid) {
  return keys.keyedDigest("watch-alert", alertId);
}
