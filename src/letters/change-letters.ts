// Several letters and their batch changed at once: each customer's rows under their own lock, in the order of ids, one entry for all.
import type { Action, Actor, AlsoWrite } from "../access/access.ts";
import { putRow, type RowChange, type WrittenAuthority } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Transaction } from "../postgres/database.ts";
import type { LettersContext } from "./context.ts";
import { LettersError } from "./errors.ts";
import { indexLetter } from "./letter-index.ts";
import { BATCH, type BatchContent, type BatchRow, LETTER, type LetterContent, type LetterRow } from "./letter-row.ts";
import { deleteIndexed } from "./letter-store.ts";

export interface LetterChange {
  /** As it was read: where it has changed since, nothing is written. */
  readonly row: LetterRow;
  /** Null: it is cancelled, and may be asked for again. */
  readonly to: LetterContent | null;
  readonly endsAt?: Date | null;
  /** Rows of the same customer that belong to the act. */
  readonly more?: readonly RowChange[];
}

export interface LettersChange {
  readonly action: Action;
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
  readonly letters: readonly LetterChange[];
  readonly batch?: { readonly batchId: Uuid; readonly before: BatchRow | null; readonly to: BatchContent | null };
  readonly detail: { readonly [key: string]: Json };
  readonly id: Uuid;
}

/** Throws LettersError `changed-meanwhile`. */
export async function changeLetters(context: LettersContext, change: LettersChange): Promise<void> {
  const { access } = context;
  const { action, actor, also, letters, batch, detail, id } = change;
  const byOwner = Map.groupBy(letters, ({ row }) => row.ownerId);
  const customers = [...byOwner.keys()].toSorted();
  const attempt = { kind: "letter", action, actor, targets: customers, also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written: WrittenAuthority[] = [];
    for (const ownerId of [...customers, ...(batch === undefined ? [] : [batch.batchId])].toSorted()) {
      const own = byOwner.get(ownerId) ?? [];
      const rows =
        ownerId === batch?.batchId
          ? await changeBatch(context, tx, act, batch)
          : await changeOfCustomer(context, tx, { ownerId, act, letters: own });
      written.push(...rows);
    }
    return { result: null, written, customers, detail, ids: [id] };
  });
}

async function changeOfCustomer(
  { authority, clock }: LettersContext,
  tx: Transaction,
  { ownerId, act, letters }: { readonly ownerId: Uuid; readonly act: Uuid; readonly letters: readonly LetterChange[] },
): Promise<readonly WrittenAuthority[]> {
  const written = await authority.change(tx, {
    ownerId,
    act,
    reads: [LETTER.kind],
    make: (live) =>
      letters.flatMap(({ row, to, endsAt = null, more = [] }) => {
        const current = live.get(LETTER, row.rowId, clock.now());
        if (current?.revision !== row.revision) throw new LettersError("changed-meanwhile");
        const own = to === null ? { end: row.rowId } : putRow(LETTER, { ...current, endsAt, content: to });
        return [own, ...more];
      }),
  });
  for (const { row, to } of letters) {
    const of = { letterId: row.rowId, customerId: ownerId, revision: row.revision + 1 };
    await (to === null ? deleteIndexed(tx, row.rowId) : indexLetter(tx, { ...of, content: to }));
  }
  return written;
}

function changeBatch(
  { authority, clock }: LettersContext,
  tx: Transaction,
  act: Uuid,
  { batchId, before, to }: NonNullable<LettersChange["batch"]>,
): Promise<WrittenAuthority[]> {
  return authority.change(tx, {
    ownerId: batchId,
    act,
    reads: [BATCH.kind],
    make: (live) => {
      const current = live.get(BATCH, batchId, clock.now());
      if (current?.revision !== before?.revision) throw new LettersError("changed-meanwhile");
      return [to === null ? { end: batchId } : putRow(BATCH, { rowId: batchId, content: to })];
    },
  });
}
