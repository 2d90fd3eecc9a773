// After a rotation of the key of covers: the digests of imported files are put under the newest version, a batch at a time.
import type { Token } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";
import { lockFilesBefore, moveFile } from "./store-reseal.ts";

interface CoverParts {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest" | "digestCovers">;
}

const BATCH_ROWS = 100;

/** Returns how many rows were written anew. Safe to stop and to run again. */
export async function renewFileCovers({ database, keys }: CoverParts): Promise<number> {
  for (let renewed = 0; ;) {
    const [newest] = keys.digestCovers("write");
    if (newest === undefined) return renewed;
    const moved = await database.transaction(async (tx) => {
      const files = await lockFilesBefore(tx, newest.version, BATCH_ROWS);
      for (const { importId, fileToken, keyVersion } of files) {
        const digest = keys
          .digestCovers("read")
          .find(({ version }) => version === keyVersion)
          ?.uncover(fileToken);
        const move = (to: Token) => moveFile(tx, { importId, fileToken: newest.cover(to), keyVersion: newest.version });
        // Announced twice within the moment in which two servers disagree on the newest version, or under a key long gone: found under no name any more.
        if (digest === undefined || !(await move(digest)))
          await move(keys.keyedDigest("import-file-unnamed", importId));
      }
      return files.length;
    });
    renewed += moved;
    if (moved < BATCH_ROWS) return renewed;
  }
}
