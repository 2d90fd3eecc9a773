// The log's keys, pinned in this browser at first sight: another one is believed only where handovers lead to it from the one that was pinned.
import type { z } from "zod";
import type { logDescription } from "../../../contract/ledger.ts";
import { followHandovers } from "./verify-handover.ts";
import { VerifyError } from "./verify-error.ts";

type Described = z.output<typeof logDescription>;

export interface PinnedKeys {
  readonly logKey: string;
  readonly promiseKey: string;
}

/** Public keys: what stands there is of no person. */
const STORED = { checkpoints: "uberrima-log-key", promises: "uberrima-promise-key" } as const;

/** Throws VerifyError "bad-signature" where the server shows keys that do not follow from the pinned ones. */
export async function pinnedKeys(
  described: Described,
  store: Pick<Storage, "getItem" | "setItem">,
): Promise<PinnedKeys> {
  return {
    logKey: await pinned(described, store, "checkpoints"),
    promiseKey: await pinned(described, store, "promises"),
  };
}

async function pinned(
  { keys, logKey, promiseKey }: Described,
  store: Pick<Storage, "getItem" | "setItem">,
  signs: keyof typeof STORED,
): Promise<string> {
  const newest = signs === "checkpoints" ? logKey : promiseKey;
  const held = store.getItem(STORED[signs]);
  const notes = keys.flatMap((each) => (each.signs === signs && each.handover !== null ? [each.handover] : []));
  const reached = held === null ? newest : await followHandovers(held, notes);
  if (reached !== newest)
    throw new VerifyError("bad-signature", "the log shows another key, and none of its handovers leads to it");
  store.setItem(STORED[signs], reached);
  return reached;
}
