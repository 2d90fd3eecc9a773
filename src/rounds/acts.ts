// Asking for a round, deciding on it, withdrawing it: one row under its lock, with its entry.
import type { Action, Actor, AlsoWrite, Authenticated } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { asId, newId } from "../kernel/ids.ts";
import { type NoticeRule, versionInForce } from "../notices/notices.ts";
import type { RoundsContext } from "./context.ts";
import { RoundError } from "./errors.ts";
import { ROUND, type RoundContent, type RoundRow } from "./round-row.ts";

export interface Decided {
  readonly roundId: Uuid;
  readonly approve: boolean;
  readonly digest: string;
}

const OPEN_MAX = 10;
const SCANNED_MAX = 2000;
const PAGE = 500;
const PREVIEW_DAYS_MAX = 30;
const DAY_MS = 86_400_000;
const OPEN: readonly RoundContent["state"][] = ["previewing", "previewed", "approved"];

/** Throws RoundError `unknown-notice`. */
export function ruleOf({ notices }: Pick<RoundsContext, "notices">, notice: string): NoticeRule {
  const rule = notices.rules.find((one) => one.notice === notice);
  if (rule === undefined) throw new RoundError("unknown-notice");
  return rule;
}

export async function roundOf({ authority, database }: RoundsContext, roundId: Uuid): Promise<RoundRow> {
  const row = await authority.get(database, ROUND, { ownerId: roundId, rowId: roundId });
  if (row === null) throw new RoundError("unknown-round");
  return row;
}

/** Those in a state, oldest first. */
export async function roundsIn(
  { authority, database }: RoundsContext,
  states: readonly RoundContent["state"][],
): Promise<readonly RoundRow[]> {
  const rows: RoundRow[] = [];
  let after: Uuid | null = null;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += PAGE) {
    const page: Awaited<ReturnType<typeof authority.page<RoundContent>>> = await authority.page(database, ROUND, {
      state: "live",
      after,
      limit: PAGE,
    });
    rows.push(...page.rows.filter(({ content }) => states.includes(content.state)));
    after = page.next;
    if (after === null) break;
  }
  return rows;
}

export async function ask(
  context: RoundsContext,
  asker: Authenticated,
  { notice, reason }: { readonly notice: string; readonly reason: string },
  also?: AlsoWrite,
): Promise<Uuid> {
  const { access, authority, clock } = context;
  const roundId = newId();
  const attempt = { kind: "notice", action: "notice-round.ask", actor: asker, targets: [], also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    ruleOf(context, notice);
    if ((await roundsIn(context, OPEN)).length >= OPEN_MAX) throw new RoundError("too-many-open");
    const asked = { by: asker.principalId, at: clock.now().toISOString(), entry: act };
    const content: RoundContent = {
      state: "previewing",
      notice,
      asked,
      reason,
      found: null,
      decided: null,
      ended: null,
    };
    const row = putRow(ROUND, { rowId: roundId, content });
    const written = await authority.change(tx, { ownerId: roundId, act, reads: [], make: () => [row] });
    return { result: null, written, detail: { round: roundId, notice }, ids: [roundId] };
  });
  return roundId;
}

export async function decide(
  context: RoundsContext,
  asker: Authenticated,
  { roundId, approve, digest }: Decided,
  also?: AlsoWrite,
): Promise<Uuid> {
  const { content } = await roundOf(context, roundId);
  // INVARIANT: who asks for a round does not decide on it, also as another principal of theirs, or through a client.
  const askers = [asker.principalId, ...(asker.via === undefined ? [] : [asker.via])];
  const by = asId(content.asked.by);
  for (const one of askers)
    if (one === by || (await context.areOnePerson(one, by))) {
      const own = { kind: "notice", action: "notice-round.decide", actor: asker, targets: [roundId] } as const;
      return context.access.write(own, () => Promise.reject(new RoundError("own-request")));
    }
  const now = context.clock.now();
  const detail = { approved: approve, digest };
  await changeRound(context, { roundId, action: "notice-round.decide", actor: asker, also, detail }, (held, act) => {
    if (held.state !== "previewed" || held.found === null) throw new RoundError("wrong-state");
    if (held.found.digest !== digest) throw new RoundError("preview-changed");
    const isOld = now.getTime() - Date.parse(held.found.asOf) > PREVIEW_DAYS_MAX * DAY_MS;
    const isOther = versionInForce(ruleOf(context, held.notice), now).version !== held.found.version;
    if (approve && (isOld || isOther)) throw new RoundError("preview-old");
    const decided = { by: asker.principalId, at: now.toISOString(), entry: act };
    return { ...held, state: approve ? "approved" : "refused", decided };
  });
  return roundId;
}

export async function withdraw(
  context: RoundsContext,
  asker: Authenticated,
  roundId: Uuid,
  also?: AlsoWrite,
): Promise<Uuid> {
  await roundOf(context, roundId);
  const change = { roundId, action: "notice-round.ask", actor: asker, also, detail: { withdrawn: true } } as const;
  await changeRound(context, change, (held) => {
    if (held.state !== "previewing" && held.state !== "previewed") throw new RoundError("wrong-state");
    return { ...held, state: "withdrawn" };
  });
  return roundId;
}

export interface RoundChange {
  readonly roundId: Uuid;
  readonly action: Action;
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
  readonly detail: { readonly [key: string]: Json };
}

/** Under the round's lock, with its entry. Throws whatever `make` throws, RoundError `unknown-round`. */
export async function changeRound(
  { access, authority, clock }: RoundsContext,
  { roundId, action, actor, also, detail }: RoundChange,
  make: (held: RoundContent, act: Uuid) => RoundContent,
): Promise<void> {
  const attempt = { kind: "notice", action, actor, targets: [roundId], also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: roundId,
      act,
      reads: [ROUND.kind],
      make: (live) => {
        const row = live.get(ROUND, roundId, clock.now());
        if (row === null) throw new RoundError("unknown-round");
        return [putRow(ROUND, { ...row, content: make(row.content, act) })];
      },
    });
    return { result: null, written, detail: { round: roundId, ...detail }, ids: [roundId] };
  });
}
