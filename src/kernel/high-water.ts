// Remembers the highest revision this process has seen of each row, so that a row put back to an older, validly signed state is refused.
import type { Uuid } from "./bytes.ts";

export interface HighWater {
  /** True when `revision` is no lower than any seen for `id`, nor the same revision made by another act; then remembers it. */
  accepts(id: string, revision: number, act: Uuid): boolean;
}

interface Seen {
  readonly revision: number;
  readonly act: Uuid;
}

/** Holds at most `entriesMax` rows; the one seen least recently is forgotten first. */
export function createHighWater(entriesMax: number): HighWater {
  const seen = new Map<string, Seen>();
  return {
    accepts(id, revision, act) {
      const known = seen.get(id);
      if (known !== undefined && isOlder(known, revision, act)) return false;
      const isSame = known !== undefined && known.revision === revision;
      // Far from full nothing is forgotten soon: the order is kept up only then, since moving a row each time it is met costs more than looking it up.
      if (isSame && seen.size <= entriesMax / 2) return true;
      seen.delete(id);
      seen.set(id, isSame ? known : { revision, act });
      if (seen.size > entriesMax) seen.delete(oldestOf(seen));
      return true;
    },
  };
}

function isOlder(known: Seen, revision: number, act: Uuid): boolean {
  return revision < known.revision || (revision === known.revision && act !== known.act);
}

function oldestOf(seen: ReadonlyMap<string, Seen>): string {
  for (const id of seen.keys()) return id;
  throw new RangeError("nothing to forget");
}
