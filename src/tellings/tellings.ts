// Who is told of corrections, statements and withdrawn authorizations: by the server where it can, by a person where it cannot, each with its day and its proof.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { changeTelling } from "./change-telling.ts";
import type { Beside, TellingsContext } from "./context.ts";
import type { Duty } from "./duties.ts";
import { TellingsError } from "./errors.ts";
import { lookAtTellings, noteProof } from "./follow.ts";
import { planTellings, type Planning } from "./plan-tellings.ts";
import { remindOfTellings } from "./remind.ts";
import { again } from "./send.ts";
import { mendIndex, tellingAt, tellingsIn } from "./telling-index.ts";
import { faceOf, isOpen, TELLING, type TellingFace, type TellingRow, type Told } from "./telling-row.ts";
import type { Transaction } from "../postgres/database.ts";
import { deleteOpen, selectIndexed, type TellingPlace } from "./telling-store.ts";

export type { Beside, Reach, Served, TellingReminder, TellingsContext } from "./context.ts";
export { type Duty, loadTellingRules, type TellingRules } from "./duties.ts";
export { TellingsError, type TellingsErrorCode } from "./errors.ts";
export type { Planning } from "./plan-tellings.ts";
export {
  type Given,
  givenTo,
  TELLING,
  TOLD_BY,
  type TellingFace,
  type TellingState,
  type ToldOf,
} from "./telling-row.ts";
export type { TellingPlace } from "./telling-store.ts";

export type TellingStep =
  /** By a person, or confirmed by whom it was sent to. `cannot`: the reference says why (GDPR Art. 19, impossible or out of proportion). */
  | ({ readonly do: "told" } & Pick<Told, "channel" | "reference">)
  /** Whom it was sent to has said that they have it. */
  | { readonly do: "confirmed"; readonly reference: string }
  | { readonly do: "send-again" };

/** Writes throw TellingsError, AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Tellings {
  /** Rows for the change of whoever makes them necessary, and what goes into the index by the same commit. */
  plan(planning: Planning): Beside;
  step(
    asker: Authenticated,
    at: { readonly tellingId: Uuid; readonly step: TellingStep },
    also?: AlsoWrite,
  ): Promise<TellingFace>;
  /** Takes one that was ended out of the index, in the transaction that ended it; one that is told stays. */
  forget(tx: Transaction, tellingId: Uuid): Promise<void>;
  /** Whether there is one by this id. */
  has(tellingId: Uuid): Promise<boolean>;
  /** Throws TellingsError `unknown-telling`. */
  face(tellingId: Uuid): Promise<TellingFace>;
  /** The one that is due first comes first. */
  page(
    isOpen: boolean,
    page: { readonly after: TellingPlace | null; readonly limit: number },
  ): Promise<{ readonly items: readonly TellingFace[]; readonly next: TellingPlace | null }>;
  /** The newest first. */
  ofCustomer(customerId: Uuid): Promise<readonly TellingFace[]>;
  /** Undefined where it has gone since it was named. */
  duty(name: string): Duty | undefined;
  /** For the background. */
  look(signal?: AbortSignal): Promise<void>;
}

const WALK_EVERY_MS = 10 * 60_000;

export function openTellings(context: TellingsContext): Tellings {
  const { authority, clock, database, mail, rules } = context;
  mail.tellProofs((proof) => noteProof(context, proof));
  let after: Uuid | null = null;
  let walksFrom = clock.now().getTime();
  return {
    plan: (planning) => planTellings(context, planning),
    step: (asker, at, also) => step(context, asker, at, also),
    forget: (tx, tellingId) => deleteOpen(tx, tellingId),
    has: async (tellingId) => (await find(context, tellingId)) !== null,
    face: async (tellingId) => {
      const row = await find(context, tellingId);
      if (row === null) throw new TellingsError("unknown-telling");
      return faceOf(row);
    },
    page: async (open, page) => {
      const { items, next } = await tellingsIn(context, open, page);
      return { items: items.map(faceOf), next };
    },
    ofCustomer: async (customerId) => (await authority.live(database, TELLING, customerId)).toReversed().map(faceOf),
    duty: (name) => rules.duties.find((one) => one.duty === name),
    look: async (signal) => {
      while ((await lookAtTellings(context, signal)) > 0) signal?.throwIfAborted();
      await remindOfTellings(context, signal);
      if (after === null && clock.now().getTime() < walksFrom) return;
      after = await mendIndex(context, after);
      if (after === null) walksFrom = clock.now().getTime() + WALK_EVERY_MS;
    },
  };
}

async function find(context: TellingsContext, tellingId: Uuid): Promise<TellingRow | null> {
  const [indexed] = await selectIndexed(context.database, [tellingId]);
  return indexed === undefined ? null : tellingAt(context, indexed);
}

const STEPS = { told: "told", confirmed: "confirmed", "send-again": "send-again" } as const;

async function step(
  context: TellingsContext,
  asker: Authenticated,
  { tellingId, step: taken }: { readonly tellingId: Uuid; readonly step: TellingStep },
  also?: AlsoWrite,
): Promise<TellingFace> {
  const { authority, clock, database } = context;
  const row = await find(context, tellingId);
  if (row === null) throw new TellingsError("unknown-telling");
  const detail = taken.do === "told" ? { channel: taken.channel } : {};
  const changing = { row, action: "telling.work", actor: asker, also, step: STEPS[taken.do], detail } as const;
  await changeTelling(context, changing, (content) => {
    if (taken.do === "send-again") return again(content);
    const at = clock.now().toISOString();
    if (taken.do === "confirmed") {
      if (content.state !== "sent" || content.told === null) throw new TellingsError("wrong-state");
      return {
        ...content,
        state: "delivered",
        told: { ...content.told, by: asker.principalId, reference: taken.reference, at },
      };
    }
    if (!isOpen(content)) throw new TellingsError("wrong-state");
    const told = { by: asker.principalId, channel: taken.channel, reference: taken.reference, at };
    return { ...content, state: "by-hand", way: "hand", told };
  });
  const changed = await authority.get(database, TELLING, { ownerId: row.ownerId, rowId: asId(row.rowId) });
  return faceOf(changed ?? row);
}
