// After a rotation of the key of covers: idempotency keys of the last day are put under the newest version, a batch at a time.
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";
import { lockKeysBefore, moveKey, selectKeyCoverUsed } from "./idempotency-store.ts";

interface CoverParts {
  readonly database: Database;
  readonly keys: Pick<Keys, "digestCovers">;
}

/** What a rotation asks of whoever keeps covered digests. */
export interface CoveredKeys {
  /** Returns how many rows were written anew. Safe to stop and to run again. */
  renewCovers(): Promise<number>;
  isCoverUsed(version: number): Promise<boolean>;
}

const BATCH_ROWS = 200;

export function coveredIdempotencyKeys(parts: CoverParts): CoveredKeys {
  return {
    renewCovers: () => renewCovers(parts),
    isCoverUsed: (version) => selectKeyCoverUsed(parts.database, version),
  };
}

async function renewCovers({ database, keys }: CoverParts): Promise<number> {
  for (let renewed = 0; ;) {
    const [newest] = keys.digestCovers("write");
    if (newest === undefined) return renewed;
    const moved = await database.transaction(async (tx) => {
      const older = await lockKeysBefore(tx, newest.version, BATCH_ROWS);
      for (const row of older) {
        const cover = keys.digestCovers("read").find(({ version }) => version === row.keyVersion);
        // Under a key that is gone nobody finds it: whatever it becomes under another, it expires.
        const [key, body] = [row.keyToken, row.bodyToken].map((token) => newest.cover(cover?.uncover(token) ?? token));
        if (key === undefined || body === undefined) continue;
        await moveKey(tx, row, { ...row, keyToken: key, bodyToken: body, keyVersion: newest.version });
      }
      return older.length;
    });
    renewed += moved;
    if (moved < BATCH_ROWS) return renewed;
  }
}
