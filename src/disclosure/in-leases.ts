// Reads many waiting values one lease after another: what did not open within one is read again, in smaller steps, each an entry of its own.
import { GateError } from "./errors.ts";
import type { WaitingUse, WaitingValues } from "./own-waiting.ts";

/** In a row, of one step: halving a copy's parts takes six. */
const TRIES_MAX = 9;

/**
 * INVARIANT: each step is decided, recorded and released within a lease of its own (`whileLeased`). A download that is under way cannot be told to ask again.
 * Throws as `read`, GateError "busy" where even one value does not open in time.
 */
export async function inLeases(
  asked: WaitingUse,
  read: (step: WaitingUse) => Promise<WaitingValues>,
): Promise<WaitingValues> {
  const { sealed } = asked;
  const values = new Map<string, string>();
  let [from, count, tries] = [0, sealed.length, 0];
  do {
    try {
      const step = await read({ ...asked, sealed: sealed.slice(from, from + count) });
      for (const [part, value] of step) values.set(part, value);
      [from, tries] = [from + count, 0];
    } catch (error) {
      tries += 1;
      if (!(error instanceof GateError && error.code === "busy") || tries === TRIES_MAX) throw error;
      count = Math.max(1, Math.ceil(count / 2));
    }
  } while (from < sealed.length);
  return values;
}
