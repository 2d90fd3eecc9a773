// Lets answers go at fixed intervals only, so that the time an answer takes tells nothing of what was looked at and not shown.
import { setTimeout as rest } from "node:timers/promises";

/** Runs `work`, and answers or fails at the next full beat since it was begun. */
export async function onTheBeat<Answer>(beatMs: number, work: () => Promise<Answer>): Promise<Answer> {
  const begun = performance.now();
  try {
    return await work();
  } finally {
    if (beatMs > 0) {
      const tookMs = performance.now() - begun;
      await rest(Math.ceil(Math.ceil(tookMs / beatMs) * beatMs - tookMs));
    }
  }
}
