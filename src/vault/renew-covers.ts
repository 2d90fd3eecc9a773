// After a rotation of the key of covers: the digests of source keys are put under the newest version, a batch at a time, without knowing what they digest.
import type { Token } from "../kernel/bytes.ts";
import type { VaultParts } from "./parts.ts";
import { deleteSources, lockSourcesNotUnder, moveSources } from "./source-store.ts";

const BATCH_ROWS = 500;

/**
 * Returns how many rows were put under the newest version. Safe to stop and to run again; whoever looks a key up meanwhile finds it under either.
 * Rows under a version that is destroyed lead nowhere for anybody, and go.
 */
export async function renewCovers({ database, keys }: Pick<VaultParts, "database" | "keys">): Promise<number> {
  for (let renewed = 0; ;) {
    const [newest] = keys.digestCovers("write");
    if (newest === undefined) return renewed;
    const known = new Set(keys.digestCovers("read").map(({ version }) => version));
    const rows = await database.transaction(async (tx) => {
      const older = await lockSourcesNotUnder(tx, keys, newest.version, BATCH_ROWS);
      const lost = older.filter(({ keyVersion }) => !known.has(keyVersion)).map(({ covered }) => covered);
      await deleteSources(tx, lost);
      const moves = older.flatMap(({ covered, keyVersion, token, content }) => {
        if (!known.has(keyVersion)) return [];
        const under = (digest: Token): Token => newest.cover(digest);
        const to = { token: under(token), content: content === null ? null : under(content) };
        return [{ covered, ...to, keyVersion: newest.version }];
      });
      await moveSources(tx, moves);
      return { seen: older.length, moved: moves.length };
    });
    renewed += rows.moved;
    if (rows.seen < BATCH_ROWS) return renewed;
  }
}
