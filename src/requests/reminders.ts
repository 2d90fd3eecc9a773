// Letters about due days, each an entry: to whoever works on the request, or to the office.
import { asId } from "../kernel/ids.ts";
import type { RequestsContext } from "./context.ts";
import { type StoredQueueRow, verifiedRow, withMac } from "./queue-row.ts";
import { putQueueRow, selectQueueRow, selectToRemind } from "./queue-store.ts";
import { nextReminder } from "../clocks/clocks.ts";
import { REQUEST } from "./request-row.ts";

const AT_ONCE = 50;

/** Returns how many letters were called for. Several processes may run it at once: the row's lock lets one of them write. */
export async function sendReminders(context: RequestsContext, signal?: AbortSignal): Promise<number> {
  const { database, clock } = context;
  let sent = 0;
  for (const { request_id: id } of await selectToRemind(database, clock.now(), AT_ONCE)) {
    signal?.throwIfAborted();
    if (await remind(context, id)) sent += 1;
  }
  return sent;
}

async function remind(context: RequestsContext, id: string): Promise<boolean> {
  const { access, authority, clock, database, keys } = context;
  const now = clock.now();
  const requestId = asId(id);
  const found = await selectQueueRow(database, requestId);
  const before = found === null ? null : verifiedRow(keys, found);
  // The walk makes anew what is not ours, and the letter is due again then.
  if (before === null) return false;
  const row = await authority.get(database, REQUEST, { ownerId: before.customerId, rowId: requestId });
  if (row === null) return false;
  const attempt = {
    kind: "right",
    action: "right.remind",
    actor: access.system,
    targets: [before.customerId],
  } as const;
  const isOverdue = before.dueBefore <= now;
  try {
    await access.write(attempt, async ({ tx }) => {
      const stored = await selectQueueRow(tx, requestId, true);
      const held: StoredQueueRow | null = stored === null ? null : verifiedRow(keys, stored);
      if (held === null || !held.isOpen || held.remindAt > now) throw new RemindedElsewhere();
      await putQueueRow(tx, withMac(keys, { ...held, remindAt: nextReminder(held.dueBefore, now) }));
      const detail = { request: requestId, step: "reminded", isOverdue };
      return { result: null, written: [], customers: [before.customerId], detail };
    });
  } catch (error) {
    if (error instanceof RemindedElsewhere) return false;
    throw error;
  }
  const { assigneeId, due } = row.content;
  context.remind({ requestId, assigneeId: assigneeId === null ? null : asId(assigneeId), dueOn: due.on, isOverdue });
  return true;
}

/** Another process was first: its entry is the one of this threshold, and other systems are told of it once. */
class RemindedElsewhere extends Error {}
