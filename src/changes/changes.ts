// Changes of payee, bank account, address and contact: confirmed at the old contact, and in effect after a cooling-off time.
import type { Actor, AlsoWrite } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { judgeCode } from "../codes/codes.ts";
import { type Asker, askChange, type ChangeRequest, type Waiting, waitingOf } from "./ask.ts";
import { CHANGE, type Ended, isConfirmed, isExpired, over } from "./change-row.ts";
import type { AtChange, ChangesContext } from "./context.ts";
import { ChangesError } from "./errors.ts";
import { finishChanges } from "./finish.ts";
import { withLetter } from "./letter.ts";
import { heldFromFeeds, mayImport, mustWait, type Writer } from "./rules.ts";
import { assertOpen, type Held, readChange, stopChange, takeStep } from "./settle-change.ts";
import { vouchForChange } from "./vouch.ts";

export { ChangesError, type ChangesErrorCode } from "./errors.ts";
export { givenChange } from "./given-change.ts";
export { loadChangeRules } from "./rules.ts";
export type { Waiting };

/** Writes throw ChangesError and AccessError `not-permitted` (recorded). */
export interface Changes {
  /** Whether a correction of these fields, or a further record with them, waits when such a principal writes it. */
  mustWait(writer: Writer, fieldPaths: readonly string[]): boolean;
  /** Whether a feed may state these fields of the customers it knows. */
  mayImport(writer: Writer, fieldPaths: readonly string[]): boolean;
  /** Which fields such a writer's feeds may not speak of where the customer is known; null: none. */
  heldFromFeeds(writer: Writer): ((fieldPath: string) => boolean) | null;
  ask(asked: ChangeRequest, actor: Asker, also?: AlsoWrite): Promise<Waiting & { readonly entryId: Uuid }>;
  /** What was asked for, whatever became of it. Throws ChangesError `unknown-change`. */
  find(at: AtChange): Promise<Waiting>;
  /** How it ended, and when; null while it waits. Throws ChangesError `unknown-change`. */
  ended(at: AtChange): Promise<(Ended & { readonly at: Date }) | null>;
  /** True when the code was right. After five wrong ones the change is dropped. */
  confirm(at: AtChange, code: string, actor: Actor): Promise<boolean>;
  /** The second person's word for a first contact that rests on a document. */
  vouch(at: AtChange, actor: Actor, also?: AlsoWrite): Promise<void>;
  stop(at: AtChange, actor: Actor, also?: AlsoWrite): Promise<void>;
  /** By the customer whose it is, who needs no right for it. */
  stopOwn(at: AtChange, actor: Actor, also?: AlsoWrite): Promise<void>;
  /** Of several customers in one statement; of whose rows do not verify, none. */
  listOf(customerIds: readonly Uuid[]): Promise<readonly Held[]>;
  list(customerId: Uuid): Promise<readonly Held[]>;
  /** First contacts that wait for the second person's word, among the first `limit` changes that wait. */
  toVouchFor(limit: number): Promise<readonly Held[]>;
  /** For the background: at most twice a minute. */
  look(signal?: AbortSignal): Promise<void>;
  finish(signal?: AbortSignal): Promise<void>;
}

const LOOK_MS = 30_000;

export function openChanges(context: ChangesContext): Changes {
  const { authority, database, clock } = context;
  let nextLook = 0;
  return {
    mustWait: (writer, fieldPaths) => mustWait(context.rules, writer, fieldPaths),
    mayImport: (writer, fieldPaths) => mayImport(context.rules, writer, fieldPaths),
    heldFromFeeds: (writer) => heldFromFeeds(context.rules, writer),
    ask: (asked, actor, also) => askChange(context, asked, actor, also),
    find: async (at) => waitingOf(at.changeId, (await readChange(context, at)).content),
    ended: async (at) => {
      const { content, endsAt } = await readChange(context, at);
      return content.ended === null || endsAt === null ? null : { ...content.ended, at: endsAt };
    },
    confirm: (at, code, actor) => confirm(context, at, code, actor),
    vouch: (at, actor, also) => vouchForChange(context, at, actor, also),
    stop: (at, actor, also) => stopChange(context, { at, actor, also }),
    stopOwn: (at, actor, also) => stopChange(context, { at, actor, also, isOwn: true }),
    listOf: async (customerIds) => {
      const found = await authority.liveOfMany(database, [CHANGE], customerIds);
      return [...found.values()].flatMap((live) => live?.of(CHANGE, clock.now()) ?? []);
    },
    list: (customerId) => authority.live(database, CHANGE, customerId),
    toVouchFor: async (limit) => {
      const { rows } = await authority.page(database, CHANGE, { state: "live", after: null, limit });
      const now = clock.now();
      return rows.filter(
        ({ content }) => content.documentId !== null && !isConfirmed(content) && !isExpired(content, now),
      );
    },
    look: async (signal) => {
      const now = clock.now().getTime();
      if (now < nextLook) return;
      nextLook = now + LOOK_MS;
      await finishChanges(context, signal);
    },
    finish: (signal) => finishChanges(context, signal),
  };
}

/** INVARIANT: counted under the lock of the customer's rows, so that no number of tries at once is more than five. */
async function confirm(context: ChangesContext, at: AtChange, code: string, actor: Actor): Promise<boolean> {
  const { content } = await readChange(context, at);
  const step = (to: string | null): Promise<boolean> =>
    takeStep(context, {
      at,
      actor,
      to,
      action: "change.confirm",
      make: (row) => judged(context, at, row, code),
      detail: (confirmed) => ({ confirmed }),
    });
  // Only a wrong code can end it: then whoever is to be told of that is at hand.
  const mayEnd = content.code !== null && !judgeCode(context.keys, at.changeId, content.code, code).isRight;
  return mayEnd ? withLetter(context, at, content, step) : step(null);
}

function judged(context: ChangesContext, at: AtChange, row: Held, code: string) {
  assertOpen(context, row);
  if (row.content.code === null) throw new ChangesError("unknown-change");
  const now = context.clock.now();
  const { isRight, kept } = judgeCode(context.keys, at.changeId, row.content.code, code);
  if (!isRight && kept === null) return { row: over(row, now, { as: "dropped", why: "not-confirmed" }), result: false };
  const confirmedAt = isRight ? now.toISOString() : null;
  return { row: { ...row, content: { ...row.content, code: kept, confirmedAt } }, result: isRight };
}
