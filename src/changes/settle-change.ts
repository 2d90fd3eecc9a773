// Every step of a change that waits: found under its customer's lock, one revision further, with the letter that tells of it.
import type { Action, Actor, AlsoWrite } from "../access/access.ts";
import { putRow, type Row } from "../authority/authority.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Transaction } from "../postgres/database.ts";
import { CHANGE, type ChangeContent, isExpired, over } from "./change-row.ts";
import type { AtChange, ChangesContext } from "./context.ts";
import { ChangesError } from "./errors.ts";
import { withLetter } from "./letter.ts";

export type Held = Row<ChangeContent>;

export interface Step<Result> {
  readonly at: AtChange;
  readonly actor: Actor;
  readonly action: Action;
  readonly also?: AlsoWrite | undefined;
  /** By the customer whose it is, about themselves. */
  readonly isOwn?: true;
  /** Called under the lock. */
  readonly make: (row: Held) => { readonly row: Held; readonly result: Result };
  /** Who is told when it ends: the contact as it was before, opened with `withLetter`. */
  readonly to: string | null;
  readonly detail?: (result: Result) => { readonly [key: string]: Json };
}

/** A change that ends without taking effect is told at the old contact. Throws ChangesError `unknown-change` and whatever `make` throws. */
export function takeStep<Result>(context: ChangesContext, step: Step<Result>): Promise<Result> {
  const { at, actor, action, also, isOwn } = step;
  const own = isOwn === true ? { isOwn, targets: [actor.principalId] } : { targets: [at.customerId] };
  const attempt = { kind: "grant", action, actor, also, ...own } as const;
  return context.access.write(attempt, async ({ tx, act }) => {
    const { written, before, made } = await changeRow(context, tx, { at, act }, step.make);
    if (made.row.endsAt !== null) await tell(context, tx, { to: step.to, of: before }, "change-stopped");
    const detail = { change: at.changeId, ...step.detail?.(made.result) };
    return { result: made.result, written, customers: [at.customerId], detail, ids: [at.changeId] };
  });
}

interface Place {
  readonly at: AtChange;
  readonly act: Parameters<ChangesContext["authority"]["change"]>[1]["act"];
}

/** Verified against its owner's head: whoever alters the row in the database changes nothing. */
export async function changeRow<Made extends { readonly row: Held }>(
  { authority, clock }: ChangesContext,
  tx: Transaction,
  { at, act }: Place,
  make: (row: Held) => Made,
) {
  const found: { before: Held; made: Made }[] = [];
  const written = await authority.change(tx, {
    ownerId: at.customerId,
    act,
    reads: [CHANGE.kind],
    make: (live) => {
      const before = live.of(CHANGE, clock.now()).find(({ rowId }) => rowId === at.changeId);
      if (before === undefined) throw new ChangesError("unknown-change");
      const made = make(before);
      found.push({ before, made });
      return [putRow(CHANGE, made.row)];
    },
  });
  const [only] = found as [(typeof found)[number]];
  return { written, ...only };
}

export type Stopping = Pick<Step<null>, "at" | "actor" | "also" | "isOwn">;

export async function stopChange(context: ChangesContext, stopping: Stopping): Promise<void> {
  const { at } = stopping;
  const { content } = await readChange(context, at);
  await withLetter(context, at, content, (to) =>
    takeStep(context, {
      ...stopping,
      to,
      action: "change.stop",
      make: (row) => ({ row: over(row, context.clock.now(), { as: "stopped", why: null }), result: null }),
    }),
  );
}

/** As it stands now, whatever became of it, not under a lock. Throws ChangesError `unknown-change`. */
export async function readChange({ authority, database }: ChangesContext, at: AtChange): Promise<Held> {
  const row = await authority.get(database, CHANGE, { ownerId: at.customerId, rowId: at.changeId });
  if (row === null) throw new ChangesError("unknown-change");
  return row;
}

/** For what nobody can confirm any more. */
export function assertOpen({ clock }: ChangesContext, { content }: Held): void {
  if (isExpired(content, clock.now())) throw new ChangesError("unknown-change");
  if (content.confirmedAt !== null) throw new ChangesError("already-confirmed");
}

const LETTER_MS = 7 * 86_400_000;

/** In the transaction of what it tells. */
export async function tell(
  { mail, clock }: ChangesContext,
  tx: Transaction,
  { to, of }: { readonly to: string | null; readonly of: Held },
  name: "change-stopped" | "change-noticed",
): Promise<void> {
  if (to === null || !mail.canSend()) return;
  const now = clock.now();
  const values = { at: now };
  const { language } = of.content;
  const expiresAt = new Date(now.getTime() + LETTER_MS);
  await mail.put(tx, { to, name, language, values, expiresAt, addressee: of.ownerId });
}
