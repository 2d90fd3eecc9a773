// A folder that is there whole or not at all, whoever else makes it at the same time or stopped half way.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Where `folder` is missing, `lay` fills another one beside it, which then takes its name. Throws what `lay` throws. */
export async function laidOnce(folder: string, lay: (folder: string) => Promise<unknown>): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const own = await mkdtemp(`${folder}-`);
  try {
    await lay(own);
    await rename(own, folder);
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    // A name that somebody else's whole folder has taken meanwhile is not given again.
    if (!existsSync(folder)) throw error;
  }
}
