// The log's signing keys as others see them: which there are and were, and whether the older ones are still needed.
import type { SigningDomain } from "./detail.ts";
import { handOver, keyHistory } from "./handover.ts";
import type { HandoverParts, LogKey } from "./handover.ts";
import { readPublished } from "./store.ts";

export interface LogKeys {
  /** Keys of checkpoints and of promises, each the newest first, back to the first. As of some seconds ago. */
  keys(): Promise<Readonly<Record<SigningDomain, readonly LogKey[]>>>;
  /** After a rotation of a signing key: old and new key sign that one follows the other. Returns how many handovers were missing. */
  handOver(domain: SigningDomain): Promise<number>;
  /** Whether what is published verifies by the newest key alone. */
  isSignedByNewest(): Promise<boolean>;
}

const KEYS_REMEMBERED_MS = 5000;

export function openLogKeys(parts: HandoverParts, logShard: number): LogKeys {
  let remembered: { readonly untilMs: number; readonly keys: ReturnType<LogKeys["keys"]> } | null = null;
  const read = async () => ({
    "ledger-signing": await keyHistory(parts, "ledger-signing"),
    "promise-signing": await keyHistory(parts, "promise-signing"),
  });
  return {
    keys: () => {
      // Anybody may ask.
      if (remembered === null || performance.now() > remembered.untilMs) {
        remembered = { untilMs: performance.now() + KEYS_REMEMBERED_MS, keys: read() };
        remembered.keys.catch(() => (remembered = null));
      }
      return remembered.keys;
    },
    handOver: async (domain) => {
      const made = await handOver(parts, domain);
      remembered = null;
      return made;
    },
    isSignedByNewest: async () => {
      const { note } = await readPublished(parts.database, logShard);
      return note === "" || parts.signers["ledger-signing"].signing()[0]?.open(note) !== null;
    },
  };
}
