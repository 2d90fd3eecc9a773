// Letters to the office about those who are still to be told, each an entry: before the day, on it, and every week after it.
import { nextReminder } from "../clocks/clocks.ts";
import type { TellingsContext } from "./context.ts";
import { tellingAt } from "./telling-index.ts";
import { isOpen } from "./telling-row.ts";
import { type IndexedTelling, putIndexed, selectIndexed, selectToRemind } from "./telling-store.ts";
import { asId } from "../kernel/ids.ts";

const AT_ONCE = 50;

export async function remindOfTellings(context: TellingsContext, signal?: AbortSignal): Promise<void> {
  const { clock, database } = context;
  for (const one of await selectToRemind(database, clock.now(), AT_ONCE)) {
    signal?.throwIfAborted();
    await remind(context, one);
  }
}

/** Another process was first: its entry is the one of this threshold. */
class RemindedElsewhere extends Error {}

async function remind(context: TellingsContext, one: IndexedTelling): Promise<void> {
  const { access, clock } = context;
  const row = await tellingAt(context, one);
  const now = clock.now();
  if (row === null || !isOpen(row.content)) return;
  const { ownerId, rowId, content } = row;
  const before = new Date(content.due.before);
  const attempt = { kind: "right", action: "telling.remind", actor: access.system, targets: [ownerId] } as const;
  try {
    await access.write(attempt, async ({ tx }) => {
      const [held] = await selectIndexed(tx, [rowId], true);
      if (held === undefined || held.remindAt === null || held.remindAt > now) throw new RemindedElsewhere();
      await putIndexed(tx, {
        ...held,
        tellingId: rowId,
        customerId: asId(held.customerId),
        remindAt: nextReminder(before, now),
      });
      const detail = { telling: rowId, step: "reminded", isOverdue: before <= now };
      return { result: null, written: [], customers: [ownerId], detail };
    });
  } catch (error) {
    if (error instanceof RemindedElsewhere) return;
    throw error;
  }
  context.remind({ tellingId: rowId, dueOn: content.due.on });
}
