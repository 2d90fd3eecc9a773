// A factor shown within a session: it proves more from then on, under a new token.
import type { SignIn } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { SignInError } from "./errors.ts";
import { SESSION, type SessionContent } from "./session-row.ts";
import { newSessionToken, sessionDigest } from "./session-token.ts";
import type { AlsoChange, SessionsContext } from "./session-context.ts";
import { writeRows } from "./write-rows.ts";

export interface StepUp {
  readonly method: SignIn["methods"][number];
  readonly isPhishingResistant: boolean;
  /** False where something else is still missing. */
  readonly isStrong?: boolean;
  /** For a session that only becomes strong by it; else its end stays as it was. */
  readonly times?: { readonly lifetimeSeconds: number; readonly idleSeconds: number };
}

export interface SteppedUp {
  readonly sessionId: Uuid;
  /** Shown once; the one before is good for nothing now. */
  readonly token: string;
  readonly endsAt: Date;
}

interface Asked {
  readonly principalId: Uuid;
  readonly sessionId: Uuid;
  readonly shown: StepUp;
  readonly also: AlsoChange | undefined;
}

export function stepUp(context: SessionsContext, { principalId, sessionId, shown, also }: Asked): Promise<SteppedUp> {
  const token = newSessionToken();
  return writeRows(context, {
    kind: "session",
    action: "session.step-up",
    actor: context.access.system,
    principalId,
    reads: [SESSION, ...(also?.reads ?? [])],
    make: (live, now) => {
      const session = live.of(SESSION, now).find(({ rowId }) => rowId === sessionId);
      if (session === undefined) throw new SignInError("unknown-session");
      const content = steppedUp(session.content, shown, now);
      const becomesStrong = session.content.strongAt === null && content.strongAt !== null;
      const lastsMs = becomesStrong && shown.times !== undefined ? shown.times.lifetimeSeconds * 1000 : null;
      const endsAt = lastsMs === null ? session.endsAt : new Date(now.getTime() + lastsMs);
      if (endsAt === null) throw new TypeError("a session without an end");
      const lookup = sessionDigest(context.keys, token);
      return {
        changes: [putRow(SESSION, { rowId: sessionId, lookup, endsAt, content }), ...(also?.make(live, now) ?? [])],
        result: { sessionId, token, endsAt },
        detail: { session: sessionId, method: shown.method, isStrong: content.strongAt !== null },
      };
    },
  });
}

function steppedUp(before: SessionContent, shown: StepUp, now: Date): SessionContent {
  const at = now.toISOString();
  const isStrong = shown.isStrong ?? true;
  return {
    ...before,
    methods: [...new Set([...before.methods, shown.method])],
    strongAt: isStrong ? at : before.strongAt,
    phishingResistantAt: shown.isPhishingResistant ? at : before.phishingResistantAt,
    idleSeconds:
      isStrong && before.strongAt === null ? (shown.times?.idleSeconds ?? before.idleSeconds) : before.idleSeconds,
  };
}
