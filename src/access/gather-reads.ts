// Merges concurrent readings of customers into one query: what arrived together travels together.
import type { Uuid } from "../kernel/bytes.ts";

const IDS_MAX = 500;
const UNDER_WAY_MAX = 2;

type Found<Value> = ReadonlyMap<Uuid, Value>;
type Read<Value> = (ids: readonly Uuid[]) => Promise<Found<Value>>;

interface Waiting<Value> {
  readonly ids: readonly Uuid[];
  readonly resolve: (found: Map<Uuid, Value>) => void;
  readonly reject: (error: unknown) => void;
}

/** Each caller gets the entries it asked for. A failed query fails all that shared it. */
export function gatherReads<Value>(read: Read<Value>): (ids: readonly Uuid[]) => Promise<Map<Uuid, Value>> {
  let waiting: Waiting<Value>[] = [];
  let underWay = 0;
  let scheduled = false;
  const schedule = (): void => {
    if (scheduled || underWay >= UNDER_WAY_MAX || waiting.length === 0) return;
    scheduled = true;
    // Runs after all sockets of this turn have been read.
    setImmediate(flush);
  };
  const flush = (): void => {
    scheduled = false;
    const batch = takeBatch(waiting);
    waiting = waiting.slice(batch.length);
    underWay += 1;
    void answer(read, batch).finally(() => {
      underWay -= 1;
      schedule();
    });
    schedule();
  };
  return (ids) =>
    new Promise((resolve, reject) => {
      waiting.push({ ids, resolve, reject });
      schedule();
    });
}

/** The longest beginning that stays within one query; at least one, however much it asks for. */
function takeBatch<Value>(waiting: readonly Waiting<Value>[]): readonly Waiting<Value>[] {
  let idsCount = 0;
  let taken = 0;
  for (const { ids } of waiting) {
    idsCount += ids.length;
    if (taken > 0 && idsCount > IDS_MAX) break;
    taken += 1;
  }
  return waiting.slice(0, taken);
}

async function answer<Value>(read: Read<Value>, batch: readonly Waiting<Value>[]): Promise<void> {
  try {
    const found = await read([...new Set(batch.flatMap(({ ids }) => ids))]);
    for (const { ids, resolve } of batch) resolve(pick(found, ids));
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

function pick<Value>(found: Found<Value>, ids: readonly Uuid[]): Map<Uuid, Value> {
  const own = new Map<Uuid, Value>();
  for (const id of ids) {
    const value = found.get(id);
    if (value !== undefined) own.set(id, value);
  }
  return own;
}
