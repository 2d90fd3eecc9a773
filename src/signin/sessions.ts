// Sessions of staff and customers: begun by whoever proved who they are, looked up at every request, ended by themselves, by their owner or by others.
import type { Access, Actor, Authenticated, SignIn } from "../access/access.ts";
import { type AuthorityRows, putRow, type Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { newId } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";
import { markSeen, selectSeen } from "./activity-store.ts";
import { SignInError } from "./errors.ts";
import { SESSION, type SessionContent, signInOf } from "./session-row.ts";
import { newSessionToken, sessionDigest } from "./session-token.ts";

export interface SessionsContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly clock: Clock;
}

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
  start(asked: NewSession): Promise<StartedSession>;
  /** Null for whatever is wrong: token, session, idleness, owner. May be two seconds old unless it is to be `fresh`. */
  authenticate(token: string, fresh?: boolean): Promise<Authenticated | null>;
  /** A factor was shown once more within the session. Throws SignInError `unknown-session`. */
  stepUp(principalId: Uuid, sessionId: Uuid, shown: StepUp): Promise<void>;
  of(principalId: Uuid): Promise<readonly Row<SessionContent>[]>;
  /** One session, or all but one of them, or all. Returns how many ended. Everybody ends their own; others need `session.end`. */
  end(principalId: Uuid, which: Which, actor: Actor): Promise<number>;
}

export interface StepUp {
  readonly method: SignIn["methods"][number];
  readonly isPhishingResistant: boolean;
}
export type Which = { readonly only: Uuid } | { readonly allBut: Uuid | null };

const REMEMBERED_MS = 2000;
const REMEMBERED_MAX = 20_000;
const SEEN_EVERY_MS = 60_000;
const SESSIONS_MAX = 20;

interface Remembered {
  readonly found: Authenticated;
  readonly endsAtMs: number;
  readonly untilMs: number;
}

export function openSessions(context: SessionsContext): Sessions {
  const remembered = new Map<string, Remembered>();
  const forget = (principalId: Uuid): void => {
    for (const [key, { found }] of remembered) if (found.principalId === principalId) remembered.delete(key);
  };
  return {
    start: (asked) => start(context, asked),
    authenticate: async (token, fresh = false) => {
      const digest = sessionDigest(context.keys, token);
      if (digest === null) return null;
      const key = Buffer.from(digest).toString("latin1");
      const nowMs = context.clock.now().getTime();
      const known = remembered.get(key);
      if (!fresh && known !== undefined && nowMs < known.untilMs) return nowMs < known.endsAtMs ? known.found : null;
      remembered.delete(key);
      const row = await context.authority.find(context.database, SESSION, digest);
      const found = row === null ? null : await ownerOf(context, row);
      if (row === null || found === null) return null;
      const endsAtMs = Math.min(row.endsAt?.getTime() ?? 0, found.expiresAt?.getTime() ?? Infinity);
      remembered.set(key, { found, endsAtMs, untilMs: nowMs + REMEMBERED_MS });
      if (remembered.size > REMEMBERED_MAX) remembered.delete(remembered.keys().next().value ?? "");
      return found;
    },
    stepUp: async (principalId, sessionId, shown) => {
      await stepUp(context, principalId, sessionId, shown);
      forget(principalId);
    },
    of: (principalId) => context.authority.live(context.database, SESSION, principalId),
    end: async (principalId, which, actor) => {
      const count = await end(context, principalId, which, actor);
      forget(principalId);
      return count;
    },
  };
}

async function start(context: SessionsContext, asked: NewSession): Promise<StartedSession> {
  const { access, authority, clock } = context;
  const { principalId, methods, isStrong, isPhishingResistant, lifetimeSeconds, idleSeconds, device, address } = asked;
  if ((await access.reread(principalId)) === null) throw new SignInError("not-in-force");
  const now = clock.now();
  const [sessionId, token, endsAt] = [newId(), newSessionToken(), new Date(now.getTime() + lifetimeSeconds * 1000)];
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
  const attempt = { kind: "session", action: "session.start", actor: access.system, targets: [principalId] } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: principalId,
      act,
      reads: [SESSION.kind],
      make: (live) => [
        ...live
          .of(SESSION, now)
          .slice(0, -(SESSIONS_MAX - 1))
          .map(({ rowId }) => ({ end: rowId })),
        putRow(SESSION, { rowId: sessionId, lookup: sessionDigest(context.keys, token), endsAt, content }),
      ],
    });
    const detail = { principal: principalId, session: sessionId, methods: [...methods], endsAt: endsAt.toISOString() };
    return { result: null, written, detail };
  });
  return { sessionId, token, endsAt };
}

/** Whoever the session stands for, if it was used lately and its owner is in force. */
async function ownerOf(context: SessionsContext, row: Row<SessionContent>): Promise<Authenticated | null> {
  const { database, access, clock } = context;
  const now = clock.now();
  const seenAt = (await selectSeen(database, [row.rowId])).get(row.rowId) ?? new Date(row.content.startedAt);
  const idleMs = now.getTime() - seenAt.getTime();
  if (idleMs >= row.content.idleSeconds * 1000) return null;
  const principal = await access.reread(row.ownerId);
  if (principal === null) return null;
  if (idleMs >= SEEN_EVERY_MS) await markSeen(database, row.rowId, now);
  return { ...principal, signIn: signInOf(row) };
}

async function stepUp(context: SessionsContext, principalId: Uuid, sessionId: Uuid, shown: StepUp): Promise<void> {
  const { access, authority, clock } = context;
  const now = clock.now();
  const attempt = { kind: "session", action: "session.step-up", actor: access.system, targets: [principalId] } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: principalId,
      act,
      reads: [SESSION.kind],
      make: (live) => {
        const session = live.of(SESSION, now).find(({ rowId }) => rowId === sessionId);
        if (session === undefined) throw new SignInError("unknown-session");
        const { content } = session;
        const at = now.toISOString();
        const methods = [...new Set([...content.methods, shown.method])];
        const phishingResistantAt = shown.isPhishingResistant ? at : content.phishingResistantAt;
        return [putRow(SESSION, { ...session, content: { ...content, methods, strongAt: at, phishingResistantAt } })];
      },
    });
    return { result: null, written, detail: { principal: principalId, session: sessionId, method: shown.method } };
  });
}

function end(context: SessionsContext, principalId: Uuid, which: Which, actor: Actor): Promise<number> {
  const { access, authority, clock } = context;
  const isOwn = actor.principalId === principalId ? ({ isOwn: true } as const) : {};
  const attempt = { kind: "session", action: "session.end", actor, targets: [principalId], ...isOwn } as const;
  return access.write(attempt, async ({ tx, act }) => {
    const ended: Uuid[] = [];
    const written = await authority.change(tx, {
      ownerId: principalId,
      act,
      reads: [SESSION.kind],
      make: (live) => {
        const ids = live.of(SESSION, clock.now()).map(({ rowId }) => rowId);
        ended.push(...ids.filter((id) => ("only" in which ? id === which.only : id !== which.allBut)));
        if ("only" in which && ended.length === 0) throw new SignInError("unknown-session");
        return ended.map((id) => ({ end: id }));
      },
    });
    return { result: ended.length, written, detail: { principal: principalId, sessions: ended } };
  });
}
