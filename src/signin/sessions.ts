// Sessions of staff and customers: begun by whoever proved who they are, looked up at every request, ended by themselves, by their owner or by others.
import type { Actor, Authenticated, SignIn } from "../access/access.ts";
import { putRow, type Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { secretNames } from "../kernel/secret-names.ts";
import { ownerOf, sessionChecks } from "./check-session.ts";
import { SignInError } from "./errors.ts";
import { SESSION, type SessionContent } from "./session-row.ts";
import { newSessionToken, sessionDigest } from "./session-token.ts";
import type { AlsoChange, SessionsContext } from "./session-context.ts";
import { stepUp, type SteppedUp, type StepUp } from "./step-up.ts";
import { writeRows } from "./write-rows.ts";

export interface NewSession {
  readonly principalId: Uuid;
  readonly methods: SignIn["methods"];
  /** A second factor was shown now. */
  readonly isStrong: boolean;
  /** A passkey with user verification, or its like, was shown now. */
  readonly isPhishingResistant: boolean;
  readonly lifetimeSeconds: number;
  readonly idleSeconds: number;
  readonly device: string;
  readonly address: string;
}

export interface StartedSession {
  readonly sessionId: Uuid;
  /** Shown once. */
  readonly token: string;
  readonly endsAt: Date;
}

export interface Sessions {
  /** Ends the oldest where somebody has too many. Throws SignInError `not-in-force` for whoever may not sign in now. */
  start(asked: NewSession, also?: AlsoChange): Promise<StartedSession>;
  /** Null for whatever is wrong: token, session, idleness, owner. May be two seconds old unless it is to be `fresh`. */
  authenticate(token: string, fresh?: boolean): Promise<Authenticated | null>;
  /** Whoever a live session stands for, as they stand now, to be acted for by others. Null as `authenticate`; it is no use of the session. */
  standing(principalId: Uuid, sessionId: Uuid): Promise<Authenticated | null>;
  /**
   * A factor was shown within the session. INVARIANT: the session gets a new token, since whoever knew the one before it was proven further must
   * not have what follows. Throws SignInError `unknown-session`.
   */
  stepUp(principalId: Uuid, sessionId: Uuid, shown: StepUp, also?: AlsoChange): Promise<SteppedUp>;
  of(principalId: Uuid): Promise<readonly Row<SessionContent>[]>;
  /** One session, or all but one of them, or all. Returns how many ended. Everybody ends their own; others need `session.end`. */
  end(principalId: Uuid, which: Which, actor: Actor): Promise<number>;
}

export type { SessionsContext } from "./session-context.ts";
export type { SteppedUp, StepUp } from "./step-up.ts";
export type Which = { readonly only: Uuid } | { readonly allBut: Uuid | null };

const REMEMBERED_MS = 2000;
const REMEMBERED_MAX = 20_000;
const SESSIONS_MAX = 20;

interface Remembered {
  readonly found: Authenticated;
  readonly endsAtMs: number;
  readonly untilMs: number;
}

export function openSessions(context: SessionsContext): Sessions {
  const remembered = new Map<string, Remembered>();
  const check = sessionChecks(context);
  const nameOf = secretNames();
  const forget = (principalId: Uuid): void => {
    for (const [key, { found }] of remembered) if (found.principalId === principalId) remembered.delete(key);
  };
  return {
    start: (asked, also) => start(context, asked, also),
    authenticate: async (token, fresh = false) => {
      const key = nameOf(token);
      const nowMs = context.clock.now().getTime();
      const known = remembered.get(key);
      if (!fresh && known !== undefined && nowMs < known.untilMs) return nowMs < known.endsAtMs ? known.found : null;
      remembered.delete(key);
      const digest = sessionDigest(context.keys, token);
      if (digest === null) return null;
      const checked = await check(digest);
      if (checked === null) return null;
      const { row, found } = checked;
      const endsAtMs = Math.min(row.endsAt?.getTime() ?? 0, found.expiresAt?.getTime() ?? Infinity);
      remembered.set(key, { found, endsAtMs, untilMs: nowMs + REMEMBERED_MS });
      if (remembered.size > REMEMBERED_MAX) remembered.delete(remembered.keys().next().value ?? "");
      return found;
    },
    standing: async (principalId, sessionId) => {
      const rows = await context.authority.live(context.database, SESSION, principalId);
      const row = rows.find(({ rowId }) => rowId === sessionId);
      return row === undefined ? null : ownerOf(context, row);
    },
    stepUp: async (principalId, sessionId, shown, also) => {
      const stepped = await stepUp(context, { principalId, sessionId, shown, also });
      forget(principalId);
      return stepped;
    },
    of: (principalId) => context.authority.live(context.database, SESSION, principalId),
    end: async (principalId, which, actor) => {
      const count = await end(context, principalId, which, actor);
      forget(principalId);
      return count;
    },
  };
}

async function start(context: SessionsContext, asked: NewSession, also?: AlsoChange): Promise<StartedSession> {
  const { principalId, methods, isStrong, isPhishingResistant, lifetimeSeconds, idleSeconds, device, address } = asked;
  if ((await context.access.reread(principalId)) === null) throw new SignInError("not-in-force");
  const [sessionId, token] = [newId(), newSessionToken()];
  return writeRows(context, {
    kind: "session",
    action: "session.start",
    actor: context.access.system,
    principalId,
    reads: [SESSION, ...(also?.reads ?? [])],
    make: (live, now) => {
      const endsAt = new Date(now.getTime() + lifetimeSeconds * 1000);
      const startedAt = now.toISOString();
      const content: SessionContent = {
        methods: [...methods],
        startedAt,
        strongAt: isStrong ? startedAt : null,
        phishingResistantAt: isPhishingResistant ? startedAt : null,
        idleSeconds,
        device,
        address,
      };
      const others = also?.make(live, now) ?? [];
      const ended = new Set(others.flatMap((change) => ("end" in change ? [change.end] : [])));
      const standing = live.of(SESSION, now).filter(({ rowId }) => !ended.has(rowId));
      return {
        changes: [
          ...standing.slice(0, -(SESSIONS_MAX - 1)).map(({ rowId }) => ({ end: rowId })),
          ...others,
          putRow(SESSION, { rowId: sessionId, lookup: sessionDigest(context.keys, token), endsAt, content }),
        ],
        result: { sessionId, token, endsAt },
        detail: { session: sessionId, methods: [...methods], endsAt: endsAt.toISOString() },
      };
    },
  });
}

function end(context: SessionsContext, principalId: Uuid, which: Which, actor: Actor): Promise<number> {
  return writeRows(context, {
    kind: "session",
    action: "session.end",
    actor,
    principalId,
    isOwn: actor.principalId === principalId,
    reads: [SESSION],
    make: (live, now) => {
      const ids = live.of(SESSION, now).map(({ rowId }) => rowId);
      const ended = ids.filter((id) => ("only" in which ? id === which.only : id !== which.allBut));
      if ("only" in which && ended.length === 0) throw new SignInError("unknown-session");
      return { changes: ended.map((id) => ({ end: id })), result: ended.length, detail: { sessions: ended } };
    },
  });
}
