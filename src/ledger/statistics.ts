// Pictures of the log: what happened between two instants, counted.
import type { Uuid } from "../kernel/bytes.ts";
import type { Reader } from "./store-read.ts";
import {
  countLeaves,
  countLooks,
  countUse,
  type IndexRange,
  listViewers,
  type LookCount,
  type UseCount,
  type Viewer,
} from "./store-statistics.ts";
import type { TailParts } from "./tail.ts";
import { firstIndexSince } from "./usage.ts";

export interface Period {
  /** Inclusive. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
}

/** Withheld entries are counted for whoever is cleared alone. */
export interface Statistics {
  looks(period: Period, by: "purpose" | "day", reader: Reader): Promise<readonly LookCount[]>;
  use(period: Period, reader: Reader): Promise<readonly UseCount[]>;
  viewers(customerId: Uuid, limit: number, reader: Reader): Promise<readonly Viewer[]>;
  growth(period: Period, bucketSeconds: number): Promise<readonly { readonly at: number; readonly count: number }[]>;
}

export function openStatistics(parts: Pick<TailParts, "database" | "logShard">): Statistics {
  const { database, logShard } = parts;
  const rangeOf = async ({ from, to }: Period): Promise<IndexRange> => {
    const [first, last] = await Promise.all([from, to].map((at) => firstIndexSince(parts, seconds(at))));
    return { from: first!, to: last! };
  };
  return {
    looks: async (period, by, reader) => countLooks(database, logShard, { range: await rangeOf(period), by, reader }),
    use: async (period, reader) => countUse(database, logShard, { range: await rangeOf(period), reader }),
    viewers: (customerId, limit, reader) => listViewers(database, logShard, { customerId, limit, reader }),
    growth: async (period, bucketSeconds) =>
      countLeaves(database, logShard, { range: await rangeOf(period), bucketSeconds }),
  };
}

const seconds = (at: Date): number => Math.ceil(at.getTime() / 1000);
