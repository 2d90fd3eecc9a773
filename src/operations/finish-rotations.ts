// Brings rotations to their end: older versions whose time has come are destroyed, once nothing stands under them. Any process may do it.
import type { Actor } from "../access/access.ts";
import { recordRotation, type RotationParts } from "./rotate-keys.ts";
import { type RotatedDomain, settleRotation } from "./settle-rotation.ts";

export interface FinishRotationsParts extends RotationParts {
  /** The server itself, which finishes what others asked for. */
  readonly system: Actor;
  /** Told when rows that do not open keep older versions from being destroyed. */
  readonly onUnreadable: (found: { readonly domain: RotatedDomain; readonly rows: number }) => void;
}

/** A pass reads everything of the domain, and rows that do not open seldom mend themselves. */
const AFTER_UNREADABLE_MS = 60 * 60 * 1000;
/** A failure passes, and so does what still stood under a version: a transaction that took long, a checkpoint not signed again yet. */
const AGAIN_AFTER_MS = 60 * 1000;

/** Returns what is to be run again and again: a look at a few rows when nothing is due. */
export function rotationFinisher(parts: FinishRotationsParts): (signal: AbortSignal) => Promise<void> {
  const waitUntilMs = new Map<RotatedDomain, number>();
  const { clock, keys, system } = parts;
  return async (signal) => {
    const nowMs = clock.now().getTime();
    const due = (await keys.retiringVersions()).filter(({ retirableAt }) => retirableAt.getTime() <= nowMs);
    for (const domain of new Set(due.map((each) => each.domain))) {
      if (signal.aborted) return;
      if (nowMs < (waitUntilMs.get(domain) ?? 0)) continue;
      waitUntilMs.set(domain, nowMs + AGAIN_AFTER_MS);
      const { unreadable, retiring } = await settleRotation(parts, domain, {
        now: clock.now,
        signal,
        beforeRetiring: (versions) =>
          recordRotation(parts, { actorId: system.principalId, actorRevision: null }, { domain, retiring: versions }),
      });
      const isKept = retiring.some(({ retirableAt }) => retirableAt.getTime() <= nowMs);
      if (isKept) waitUntilMs.set(domain, nowMs + (unreadable > 0 ? AFTER_UNREADABLE_MS : AGAIN_AFTER_MS));
      else waitUntilMs.delete(domain);
      if (unreadable > 0) parts.onUnreadable({ domain, rows: unreadable });
    }
  };
}
